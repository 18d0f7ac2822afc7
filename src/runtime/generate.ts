import { AnswerParser } from '../kosmos2/answer-parser.ts';
import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import { LogitsProcessor } from '../kosmos2/logits-processor.ts';
import { Sampler } from '../kosmos2/sampling.ts';
import type { TextCodec } from '../kosmos2/sequence.ts';
import type { SpecialTokens } from '../kosmos2/special-tokens.ts';
import type { FinishReason, GenerationEvent, PromptToken, Timings } from '../protocol/generation.ts';
import type { CachedSequence } from './cached-sequence.ts';
import type { Sequence } from './hidden-states.ts';
import type { NextLogits } from './next-logits.ts';
import { nextTask } from './next-task.ts';
import { traceToken } from './trace-token.ts';

export interface GenerateInput {
  readonly sequence: Sequence;
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
  const parser = new AnswerParser(specials, codec);
  for (const id of sequence.ids.slice(input.contextTokens)) parser.pushPrompt(id);
  const processor = new LogitsProcessor(sequence.ids, specials, options);
  const sampler = new Sampler(options);
  const ids: number[] = [];

  if (input.trace) yield { type: 'prompt', tokens: promptTokens(sequence, codec) };
  const prefillStarted = performance.now();
  cached.begin(sequence);
  const reusedTokens = cached.length;
  let next: NextLogits | null = null;
  while (cached.length < promptLength && !signal?.aborted) {
    yield { type: 'prefill', done: cached.length, total: promptLength };
    next = await cached.prefill(Math.min(cached.length + cached.longestRun, promptLength));
    await next.computed();
    await nextTask();
  }
  const prefilled = performance.now();
  let firstToken = prefilled;
  let finish: FinishReason = 'cancelled';
  while (next && !signal?.aborted) {
    const { id, probability, probabilities } = await next.choose(processor, sampler, input.trace);
    ids.push(id);
    processor.advance(id);
    parser.push(id, probability);
    if (ids.length === 1) firstToken = performance.now();
    const trace = probabilities ? traceToken(id, probabilities, parser, specials, codec) : null;
    yield { type: 'token', id, text: codec.decodeToken(id), probability, grounded: parser.snapshot(), trace };
    if (id === specials.eos) finish = 'eos';
    else if (ids.length >= options.maxNewTokens) finish = 'length';
    else if (cached.length >= cached.capacity) finish = 'capacity';
    if (finish !== 'cancelled') break;
    next = await cached.append(id);
    await nextTask();
  }

  const ended = performance.now();
  const decode = ids.length > 0 ? ended - firstToken : 0;
  const timings: Timings = {
    image: input.imageMilliseconds,
    prefill: prefilled - prefillStarted,
    firstToken: firstToken - started,
    decode,
    promptTokens: promptLength,
    reusedTokens,
    newTokens: ids.length,
    tokensPerSecond: ids.length > 1 && decode > 0 ? ((ids.length - 1) * 1000) / decode : 0,
  };
  const grounded = parser.snapshot();
  yield { type: 'result', result: { ids, text: parser.text(), answer: parser.answer(), grounded, finish, timings } };
}

/** All tokens but the placeholders of image rows, which are no words. */
function promptTokens({ ids, imageSpans }: Sequence, codec: TextCodec): PromptToken[] {
  const rows = new Set(imageSpans.flatMap(({ start, length }) => Array.from({ length }, (_, row) => start + row)));
  return ids.flatMap((id, position) => (rows.has(position) ? [] : [{ id, text: codec.decodeToken(id) }]));
}
