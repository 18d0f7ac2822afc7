import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { type AppError, toAppError } from '../protocol/errors.ts';
import type { Enough, Grounder, GroundingResult } from './grounder.ts';
import { type GroundingRecord, groundingRecord } from './grounding-record.ts';

/** One question about one picture. Whatever else an object holds comes back with its reply. */
export interface GroundRequest {
  /** Picture file; null where the words stand alone. */
  readonly image: string | null;
  /** What stands behind the picture: raw text with KOSMOS-2's tags, or typed pieces. */
  readonly prompt: string | Prompt;
  /** Where they differ from those of all requests. */
  readonly options?: Partial<DecodingOptions> | undefined;
  /** Where it holds, the answer may end. */
  readonly enough?: Enough | undefined;
}

/** A request that could not be read: it keeps its place and is answered with its error. */
export interface UnreadableRequest {
  readonly error: AppError;
}

export type Reply<R> =
  | {
      readonly request: R;
      readonly record: GroundingRecord;
      readonly result: GroundingResult;
      readonly error?: undefined;
    }
  | { readonly request: R; readonly error: AppError; readonly record?: undefined };

/** Requests under way for each that is decoded: pictures to be read ahead, and replies that wait for one before them. */
const UNDER_WAY = 3;

/**
 * Answers requests in their order, each as soon as it and those before it are answered; while one is awaited, more are
 * read. A damaged picture or a bad prompt ends as one error, and the rest goes on.
 * @throws AppError DEVICE_LOST, OUT_OF_MEMORY, RUNTIME_FAILED or STORAGE_FAILED, for then no later request can be answered;
 * whatever `requests` throws, after the replies to all that came before
 */
export async function* answerRequests<R extends GroundRequest | UnreadableRequest>(
  requests: AsyncIterable<R>,
  grounder: Grounder,
  decoding: Partial<DecodingOptions> = {},
): AsyncGenerator<Reply<R>, void, void> {
  const most = grounder.atOnce === 1 ? 1 : grounder.atOnce * UNDER_WAY;
  const source = requests[Symbol.asyncIterator]();
  const replies: Promise<Reply<R>>[] = [];
  let reading: Promise<IteratorResult<R>> | null = null;
  let ended = false;
  let failure: { readonly thrown: unknown } | null = null;
  for (;;) {
    if (!ended && replies.length < most) reading ??= source.next();
    const read = reading?.then(
      (result) => ({ result }),
      (thrown: unknown) => ({ thrown }),
    );
    const first = replies[0]?.then((reply) => ({ reply }));
    if (!read && !first) break;
    const event = await Promise.race([first, read].filter((one) => one !== undefined));
    if ('reply' in event) {
      replies.shift();
      yield event.reply;
      continue;
    }
    reading = null;
    if ('thrown' in event) failure = event;
    if ('thrown' in event || event.result.done) ended = true;
    else replies.push(answer(event.result.value, grounder, decoding));
  }
  if (failure) throw failure.thrown;
}

/**
 * After these no later request could be answered: a runtime that has failed once is not to be trusted again, and where a disk
 * fails the next pictures would be told as damaged.
 */
const FATAL: ReadonlySet<string> = new Set(['DEVICE_LOST', 'OUT_OF_MEMORY', 'RUNTIME_FAILED', 'STORAGE_FAILED']);

function answer<R extends GroundRequest | UnreadableRequest>(
  request: R,
  grounder: Grounder,
  decoding: Partial<DecodingOptions>,
): Promise<Reply<R>> {
  const reply = resultOf(request, grounder, decoding).then(
    (result): Reply<R> => ({ request, record: groundingRecord(result), result }),
    (thrown): Reply<R> => {
      const error = toAppError(thrown);
      if (FATAL.has(error.code)) throw error;
      return { request, error };
    },
  );
  // It is awaited when its turn comes; until then a rejection is not unhandled.
  reply.catch(() => {});
  return reply;
}

async function resultOf(
  request: GroundRequest | UnreadableRequest,
  grounder: Grounder,
  decoding: Partial<DecodingOptions>,
): Promise<GroundingResult> {
  if ('error' in request) throw request.error;
  const { image, prompt, options, enough } = request;
  return grounder.answer(image, prompt, { ...decoding, ...options }, enough);
}
