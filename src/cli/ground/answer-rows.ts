import { isAbsolute, join } from 'node:path';
import type { DecodingOptions } from '../../kosmos2/decoding-options.ts';
import type { GroundedText } from '../../kosmos2/grounded-text.ts';
import { promptEntity } from '../../kosmos2/prompt-entity.ts';
import { groundTextPrompts } from '../../kosmos2/task-prompts.ts';
import { AppError, toAppError } from '../../protocol/errors.ts';
import { answerRequests, type GroundRequest, type Reply, type UnreadableRequest } from '../answer-requests.ts';
import { decodeImageFile } from '../decode-image.ts';
import type { Grounder, PictureSize } from '../grounder.ts';
import type { GroundingRecord } from '../grounding-record.ts';
import type { JournalLine } from './journal.ts';
import { isCut } from './labels.ts';
import { checkFolder } from './pictures.ts';
import type { Row } from './row.ts';

/** What is asked for a row, in this order. */
interface Asked {
  readonly row: Row;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly requests: readonly (GroundRequest | UnreadableRequest)[];
  /** Of a picture about which nothing is asked. */
  readonly size?: PictureSize;
}

/** With the prompt's own phrase located, what the model goes on to say is no part of a person's caption. */
const located = (grounded: GroundedText): boolean => promptEntity(grounded)?.complete ?? true;

/**
 * Answers rows in their order, a line each: a prompt by one request, a caption by one for each of its noun phrases.
 * @param images folder that pictures are named from, unless by absolute paths
 * @throws AppError DEVICE_LOST, OUT_OF_MEMORY, RUNTIME_FAILED or STORAGE_FAILED, which are no fault of a row; what `rows` throws
 */
export async function* answerRows(
  rows: AsyncIterable<Row>,
  images: string,
  grounder: Grounder,
  decoding: Partial<DecodingOptions>,
): AsyncGenerator<JournalLine, void, void> {
  const open: { readonly asked: Asked; readonly replies: Reply<GroundRequest | UnreadableRequest>[] }[] = [];
  async function* requests() {
    for await (const row of rows) {
      const asked = await ask(row, images);
      open.push({ asked, replies: [] });
      yield* asked.requests;
    }
  }
  function* complete() {
    // A caption that names nothing asks nothing.
    for (let [first] = open; first && first.replies.length === first.asked.requests.length; [first] = open) {
      open.shift();
      yield line(first.asked, first.replies);
    }
  }
  for await (const reply of answerRequests(requests(), grounder, decoding)) {
    yield* complete();
    const [first] = open;
    const isMissing = reply.error?.details.reason === 'ENOENT';
    if (isMissing && first && !first.asked.row.error && !isAbsolute(first.asked.row.image ?? ''))
      await checkFolder(images);
    first?.replies.push(reply);
    yield* complete();
  }
  yield* complete();
}

async function ask(row: Row, images: string): Promise<Asked> {
  if (row.error) return { row, spans: [], requests: [row] };
  const image = row.image === null || isAbsolute(row.image) ? row.image : join(images, row.image);
  if (row.prompt !== undefined) return { row, spans: [], requests: [{ image, prompt: row.prompt }] };
  const { caption } = row;
  try {
    // Loaded only where a caption comes: the language library takes a while.
    const { nounPhrases } = await import('../../nlp/noun-phrases.ts');
    const spans = nounPhrases(caption);
    // Looked at all the same: whether it is there, and how large.
    if (spans.length === 0 && image !== null) {
      const { width, height } = await decodeImageFile(image);
      return { row, spans, requests: [], size: { width, height } };
    }
    const prompts = groundTextPrompts(null, caption, spans);
    return { row, spans, requests: prompts.map((prompt) => ({ image, prompt, enough: located })) };
  } catch (thrown) {
    return { row, spans: [], requests: [{ error: toAppError(thrown) }] };
  }
}

function line({ row, spans, size: bare }: Asked, replies: readonly Reply<unknown>[]): JournalLine {
  const { index } = row;
  const about = row.error
    ? {}
    : { image: row.image, ...(row.caption === undefined ? { prompt: row.prompt } : { caption: row.caption }) };
  const failed = replies.find(({ error }) => error)?.error;
  if (failed) return { index, ...about, error: failed.message, code: failed.code };
  const answered = replies.flatMap((reply) => (reply.error ? [] : [reply]));
  const [first] = answered;
  const size = first?.result.picture ?? bare ?? {};
  if (row.error || row.caption === undefined) {
    if (!first) throw new AppError('INTERNAL', `Row ${index} has no answer.`);
    return { index, ...about, ...size, ...first.record };
  }
  // What came of a phrase counts, not how the answer to it ended: most are stopped once it has its boxes.
  let finish = first && 'eos';
  const entities = answered.flatMap(({ result }, part): GroundingRecord['entities'] => {
    const span = spans[part];
    const phrase = promptEntity(result.grounded);
    if (!span || !phrase || phrase.boxes.length === 0) {
      if (isCut(result.finish)) finish = result.finish;
      return [];
    }
    const boxes = phrase.boxes.map(({ box }) => [...box]);
    const scores = phrase.boxes.map(({ score }) => score);
    return [{ phrase: span.text, start: span.start, end: span.end, boxes, score: phrase.score, scores }];
  });
  return { index, ...about, ...size, entities, ...(finish ? { finish } : {}) };
}
