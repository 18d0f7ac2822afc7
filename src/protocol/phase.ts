/** Begins the name of every phase, so that others' entries on the same timeline are told apart. */
export const PHASE = 'kosmos2: ';

/** Runs a part of opening a model and puts it on the thread's timeline, where developer tools and the benchmark find it. */
export async function phase<T>(name: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await run();
  } finally {
    notePhase(name, start);
  }
}

/** Puts a part on the timeline that has just ended, or that took `duration` milliseconds in pieces. */
export function notePhase(name: string, start: number, duration = performance.now() - start): void {
  performance.measure(PHASE + name, { start, duration });
}
