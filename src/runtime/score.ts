import type { TextCodec } from '../kosmos2/sequence.ts';
import { TokenProbabilities } from '../kosmos2/token-probabilities.ts';
import { AppError } from '../protocol/errors.ts';
import type { ChoiceScore, ScoredToken } from '../protocol/scoring.ts';
import type { CachedSequence } from './cached-sequence.ts';
import type { PicturedSequence } from './hidden-states.ts';

const MAX_CHOICES = 100;

/** @throws AppError OPTION_INVALID for no choice or too many */
export function checkChoices({ length }: { readonly length: number }): void {
  if (length > 0 && length <= MAX_CHOICES) return;
  throw new AppError(
    'OPTION_INVALID',
    `A question needs 1 to ${MAX_CHOICES} choices, but has ${length}. Add or remove some.`,
    { choices: length, limit: MAX_CHOICES },
  );
}

/**
 * How well a choice fits.
 * @param choice its index
 * @param sequence question and choice
 * @param start where the choice begins
 * @throws AppError PROMPT_EMPTY for a choice without a token, and what `scoreTokens` throws
 */
export async function scoreChoice(
  choice: number,
  sequence: PicturedSequence,
  start: number,
  cached: CachedSequence,
  codec: Pick<TextCodec, 'decodeToken'>,
  signal: AbortSignal | undefined,
): Promise<ChoiceScore> {
  const tokens = await scoreTokens(sequence, start, cached, codec, signal);
  if (tokens.length === 0) {
    throw new AppError('PROMPT_EMPTY', `Choice ${choice + 1} is empty. Write something or remove it.`, { choice });
  }
  const sum = tokens.reduce((total, { logProbability }) => total + logProbability, 0);
  return { choice, meanLogProbability: sum / tokens.length, tokens };
}

/**
 * Log-probability of each token of a sequence from position `start` on, given all before it. What the sequence shares with
 * the one before it is taken from the KV cache.
 * @param start at least 1
 * @throws the reason of `signal` after it aborts, which is noticed between runs; Error where logits are not numbers
 */
export async function scoreTokens(
  sequence: PicturedSequence,
  start: number,
  cached: CachedSequence,
  codec: Pick<TextCodec, 'decodeToken'>,
  signal: AbortSignal | undefined,
): Promise<ScoredToken[]> {
  const scored: ScoredToken[] = [];
  for await (const [position, logits] of cached.predictions(sequence, start, signal)) {
    const id = sequence.ids[position] as number;
    const logProbability = new TokenProbabilities(logits).log(id);
    if (Number.isNaN(logProbability)) throw new Error('the model gave no usable probabilities for a choice');
    scored.push({ id, text: codec.decodeToken(id), logProbability });
  }
  signal?.throwIfAborted();
  return scored;
}
