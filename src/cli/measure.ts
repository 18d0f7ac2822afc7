/** Middle one of some durations, and their extremes: these machines are noisy. */
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
  durations.sort((a, b) => a - b);
  return {
    median: durations[Math.floor(times / 2)] as number,
    min: durations[0] as number,
    max: durations[times - 1] as number,
  };
}
