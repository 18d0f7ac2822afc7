import type { CachedSequence } from './cached-sequence.ts';
import type { Sequence } from './hidden-states.ts';
import { nextTask } from './next-task.ts';

/** How often a model's first choice was the recorded token. */
export interface Agreement {
  readonly positions: number;
  readonly agreed: number;
}

/**
 * Feeds a recorded sequence and compares the first choice behind every position from `start - 1` on with the token that
 * follows there: a whole answer in a few runs, since nothing is generated.
 * @param counts whether a recorded token is compared
 * @returns null when `signal` aborts, which is noticed between runs
 */
export async function measureAgreement(
  sequence: Sequence,
  start: number,
  cached: CachedSequence,
  signal: AbortSignal,
  counts: (id: number) => boolean,
): Promise<Agreement | null> {
  const { ids } = sequence;
  let agreed = 0;
  cached.begin(sequence, start - 1);
  // What follows the last token was not recorded, so it need not be run.
  while (cached.length < ids.length - 1) {
    await nextTask();
    if (signal.aborted) return null;
    const end = Math.min(cached.length + cached.longestRun, ids.length - 1);
    const wanted = Math.min(end - cached.length, Math.max(1, end - start + 1));
    const logits = await cached.logitsUpTo(end, wanted);
    const size = logits.length / wanted;
    for (let row = 0; row < wanted; row++) {
      const next = end - wanted + row + 1;
      const id = ids[next] as number;
      if (next >= start && counts(id) && isFirstChoice(logits.subarray(row * size, (row + 1) * size), id)) agreed += 1;
    }
  }
  return { positions: ids.slice(start).filter(counts).length, agreed };
}

/** Whether the number of `id` is larger than every other; what is not a number has no first choice, nor have equal ones. */
function isFirstChoice(logits: Float32Array, id: number): boolean {
  const chosen = logits[id] as number;
  return logits.every((value, other) => value < chosen || (other === id && value === chosen));
}
