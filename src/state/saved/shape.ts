/** Says whether a stored value has the form it should. */
export type Check = (value: unknown) => boolean;

/** Longest text that is read back; nothing the page writes is longer. */
const LONGEST_TEXT = 1_000_000;
/** Longest list that is read back. */
const LONGEST_LIST = 100_000;

export const text: Check = (value) => typeof value === 'string' && value.length <= LONGEST_TEXT;
export const finite: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const flag: Check = (value) => typeof value === 'boolean';

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number): Check {
  return (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

export function nullable(check: Check): Check {
  return (value) => value === null || check(value);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

export function either(...checks: readonly Check[]): Check {
  return (value) => checks.some((check) => check(value));
}

export function list(check: Check, most = LONGEST_LIST): Check {
  return (value) => Array.isArray(value) && value.length <= most && value.every(check);
}

/** An object with at least these fields. */
export function shape(fields: Readonly<Record<string, Check>>): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}
