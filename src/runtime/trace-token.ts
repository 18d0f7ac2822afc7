import type { AnswerParser } from '../kosmos2/answer-parser.ts';
import type { TextCodec } from '../kosmos2/sequence.ts';
import { patchOf, type SpecialTokens } from '../kosmos2/special-tokens.ts';
import type { TokenProbabilities } from '../kosmos2/token-probabilities.ts';
import type { TokenTrace } from '../protocol/generation.ts';

const ALTERNATIVES = 5;

/**
 * What else the model thought of where it wrote `id`.
 * @param probabilities those it was chosen by, rules applied
 * @param parser has read the token
 */
export function traceToken(
  id: number,
  probabilities: TokenProbabilities,
  parser: AnswerParser,
  specials: SpecialTokens,
  { decodeToken }: Pick<TextCodec, 'decodeToken'>,
): TokenTrace {
  const isLocation = patchOf(id, specials) !== null;
  return {
    alternatives: probabilities.top(ALTERNATIVES).map((one) => ({ ...one, text: decodeToken(one.id) })),
    corner: isLocation ? parser.corner : null,
    locations: isLocation ? probabilities.locations(specials.firstPatch) : null,
  };
}
