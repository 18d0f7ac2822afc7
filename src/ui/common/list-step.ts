const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Where an arrow key goes from `at` in a list of `length`, from its end to its beginning; null for any other key. */
export function listStep(key: string, at: number, length: number): number | null {
  const step = STEPS[key];
  return step === undefined ? null : (at + step + length) % length;
}
