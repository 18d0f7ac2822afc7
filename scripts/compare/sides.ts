/** What a contender measured: seconds, and bytes of its process at most. */
export interface Measured {
  readonly open: number;
  /** From the question, with a new picture, to its first token. */
  readonly firstToken: number;
  readonly tokensPerSecond: number;
  readonly peakBytes: number;
  readonly ids: readonly number[];
  /** What runs it, in words. */
  readonly runtime: string;
}

/** The question all are asked: ids as KOSMOS-2 reads them, and where the rows of the picture stand among them. */
export interface SampleFile {
  readonly ids: readonly number[];
  readonly start: number;
  readonly rows: number;
}

/** The faster of several runs: other programs only ever make one slower. Memory is the most of all. */
export function best(runs: readonly Measured[]): Measured {
  const least = (of: (run: Measured) => number) => Math.min(...runs.map(of));
  const most = (of: (run: Measured) => number) => Math.max(...runs.map(of));
  return {
    ...(runs[0] as Measured),
    open: least(({ open }) => open),
    firstToken: least(({ firstToken }) => firstToken),
    tokensPerSecond: most(({ tokensPerSecond }) => tokensPerSecond),
    peakBytes: most(({ peakBytes }) => peakBytes),
  };
}

/** Largest difference of logits, as a part of the range of the true ones. */
export function logitsError(truth: Float32Array, other: Float32Array): number {
  let [least, most, error] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const [id, value] of truth.entries()) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    error = Math.max(error, Math.abs(value - (other[id] as number)));
  }
  return error / (most - least);
}
