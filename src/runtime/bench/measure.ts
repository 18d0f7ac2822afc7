/** Middle one of some durations, and their extremes: machines are noisy. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Milliseconds that `run` takes, over `times` counted runs after one that is not. */
export async function measure(times: number, run: () => unknown): Promise<Spread> {
  await run();
  const durations: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await run();
    durations.push(performance.now() - started);
  }
  return spreadOf(durations);
}

/** @param durations at least one */
export function spreadOf(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] as number;
  return { median: at(Math.floor(sorted.length / 2)), min: at(0), max: at(sorted.length - 1) };
}
