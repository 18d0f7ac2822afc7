import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { TextCodec } from '../kosmos2/sequence.ts';
import type { SpecialTokens } from '../kosmos2/special-tokens.ts';
import type { GenerationEvent, PromptToken } from '../protocol/generation.ts';
import { Answer } from './answer.ts';
import type { CachedSequence } from './cached-sequence.ts';
import type { PicturedSequence } from './hidden-states.ts';
import type { NextLogits } from './next-logits.ts';
import { nextTask } from './next-task.ts';
import { traceToken } from './trace-token.ts';

export interface GenerateInput {
  readonly sequence: PicturedSequence;
  /** Tokens at its beginning that the answer's text leaves out. */
  readonly contextTokens: number;
  /** Whether token events tell what else the model thought of. */
  readonly trace: boolean;
  readonly options: DecodingOptions;
  readonly cached: CachedSequence;
  readonly codec: TextCodec;
  readonly specials: SpecialTokens;
  /** `performance.now()` at which the request began. */
  readonly started: number;
  /** Time spent on encoding its images. */
  readonly imageMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prefill in chunks, then one token at a time until `</s>`, the limit, the end of the cache, or a stop, which is noticed
 * between chunks and tokens. Ends with a `result` event.
 */
export async function* generate(input: GenerateInput): AsyncGenerator<GenerationEvent, void, void> {
  const { sequence, options, cached, codec, specials, started, signal } = input;
  const promptLength = sequence.ids.length;
  const answer = new Answer(sequence.ids, input.contextTokens, options, codec, specials);

  if (input.trace) yield { type: 'prompt', tokens: promptTokens(sequence, codec) };
  const prefillStarted = performance.now();
  // What was stopped before may lack its images, and leaves the cache to whoever comes next.
  if (!signal?.aborted) cached.begin(sequence);
  const reusedTokens = signal?.aborted ? 0 : cached.length;
  let next: NextLogits | null = null;
  while (cached.length < promptLength && !signal?.aborted) {
    yield { type: 'prefill', done: cached.length, total: promptLength };
    next = await cached.prefill(promptLength);
    await next.computed();
    await nextTask();
  }
  const prefilled = performance.now();
  let firstToken = prefilled;
  while (next && !signal?.aborted) {
    const { id, probability, probabilities } = await answer.take(next, cached.capacity - cached.length, input.trace);
    if (answer.ids.length === 1) firstToken = performance.now();
    const trace = input.trace && probabilities ? traceToken(id, probabilities, answer.parser, specials, codec) : null;
    const grounded = answer.parser.snapshot();
    yield { type: 'token', id, text: codec.decodeToken(id), probability, grounded, trace };
    if (answer.finish) break;
    next = await cached.append(id);
    await nextTask();
  }

  const result = answer.result({
    image: input.imageMilliseconds,
    prefill: prefilled - prefillStarted,
    firstToken: firstToken - started,
    decode: answer.ids.length > 0 ? performance.now() - firstToken : 0,
    promptTokens: promptLength,
    reusedTokens,
  });
  yield { type: 'result', result };
}

/** All tokens but the placeholders of image rows, which are no words. */
function promptTokens({ ids, imageSpans }: PicturedSequence, codec: TextCodec): PromptToken[] {
  const rows = new Set(imageSpans.flatMap(({ start, length }) => Array.from({ length }, (_, row) => start + row)));
  return ids.flatMap((id, position) => (rows.has(position) ? [] : [{ id, text: codec.decodeToken(id) }]));
}
