import { fail, SetupError } from './setup.mjs';

/** The value of an option that is one of a few words; any other ends the script with a sentence. */
export function oneOf<T extends string>(words: readonly T[], option: string, value: string): T {
  const found = words.find((word) => word === value);
  return found ?? fail(new SetupError(`--${option} is ${words.join(' or ')}, not "${value}".`));
}

/** The value of an option that is a whole number from `least` on; any other ends the script with a sentence. */
export function countOf(option: string, value: string, least = 1): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  return fail(new SetupError(`--${option} is a whole number from ${least}, not "${value}".`));
}
