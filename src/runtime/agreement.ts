import type { CachedSequence } from './cached-sequence.ts';
import type { PicturedSequence } from './hidden-states.ts';

/** How often a model's first choice was the recorded token. */
export interface Agreement {
  readonly positions: number;
  readonly agreed: number;
}

/**
 * Compares every token of a recorded sequence from position `start` on with the model's first choice there.
 * @param counts whether a recorded token is compared
 * @returns null when `signal` aborts, which is noticed between runs
 */
export async function measureAgreement(
  sequence: PicturedSequence,
  start: number,
  cached: CachedSequence,
  signal: AbortSignal,
  counts: (id: number) => boolean,
): Promise<Agreement | null> {
  let positions = 0;
  let agreed = 0;
  for await (const [position, logits] of cached.predictions(sequence, start, signal)) {
    const id = sequence.ids[position] as number;
    if (!counts(id)) continue;
    positions += 1;
    if (isFirstChoice(logits, id)) agreed += 1;
  }
  return signal.aborted ? null : { positions, agreed };
}

/** Whether the number of `id` is larger than every other; what is not a number has no first choice, nor have equal ones. */
function isFirstChoice(logits: Float32Array, id: number): boolean {
  const chosen = logits[id] as number;
  return logits.every((value, other) => value < chosen || (other === id && value === chosen));
}
