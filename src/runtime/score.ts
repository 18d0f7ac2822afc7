import type { TextCodec } from '../kosmos2/sequence.ts';
import { TokenProbabilities } from '../kosmos2/token-probabilities.ts';
import type { ScoredToken } from '../protocol/scoring.ts';
import type { CachedSequence } from './cached-sequence.ts';
import type { Sequence } from './hidden-states.ts';
import { nextTask } from './next-task.ts';

/**
 * Log-probability of each token of a sequence from position `start` on, given all before it. What the sequence shares with
 * the one before it is taken from the KV cache.
 * @param start at least 1
 * @throws the reason of `signal` after it aborts, which is noticed between runs; Error where logits are not numbers
 */
export async function scoreTokens(
  sequence: Sequence,
  start: number,
  cached: CachedSequence,
  codec: Pick<TextCodec, 'decodeToken'>,
  signal: AbortSignal | undefined,
): Promise<ScoredToken[]> {
  const { ids } = sequence;
  const scored: ScoredToken[] = [];
  cached.begin(sequence, start - 1);
  // Logits of a position are about the token after it, so the last one need not be run.
  while (cached.length < ids.length - 1) {
    await nextTask();
    signal?.throwIfAborted();
    const end = Math.min(cached.length + cached.longestRun, ids.length - 1);
    const wanted = Math.min(end - cached.length, Math.max(1, end - start + 1));
    const logits = await cached.logitsUpTo(end, wanted);
    const size = logits.length / wanted;
    for (let position = Math.max(end - wanted + 1, start); position <= end; position++) {
      const row = position - (end - wanted + 1);
      const id = ids[position] as number;
      const logProbability = new TokenProbabilities(logits.subarray(row * size, (row + 1) * size)).log(id);
      if (Number.isNaN(logProbability)) throw new Error('the model gave no usable probabilities for a choice');
      scored.push({ id, text: codec.decodeToken(id), logProbability });
    }
  }
  return scored;
}
