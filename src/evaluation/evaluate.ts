import type { GroundedText } from '../kosmos2/grounded-text.ts';
import { patchPairToBox } from '../kosmos2/patch-index.ts';
import { promptEntity } from '../kosmos2/prompt-entity.ts';
import { toAppError } from '../protocol/errors.ts';
import { judgedWords, type Question, questionOf } from './ask.ts';
import type { Outcome } from './outcome.ts';
import type { Sample } from './sample.ts';

/** What answers: an engine under Node, or the worker of a page. */
export interface Answerer {
  /** Requests it works on at once. */
  readonly atOnce: number;
  /**
   * @param image file name of a picture of the data set
   * @throws AppError; CANCELLED after `signal` aborts
   */
  answer(image: string, question: Question, signal: AbortSignal): Promise<{ answer: string; grounded: GroundedText }>;
}

/** After these no later sample could be answered: they end a run, which can be gone on with. */
const FATAL: ReadonlySet<string> = new Set([
  'CANCELLED',
  'CANVAS_DENIED',
  'DEVICE_LOST',
  'OUT_OF_MEMORY',
  'RUNTIME_FAILED',
  'STORAGE_FAILED',
  'PACKAGE_FETCH_FAILED',
  'WORKER_LOST',
  'ENGINE_NOT_READY',
]);

/**
 * Asks about samples in their order and tells what came of each, in that order. A picture that is missing or damaged and a
 * prompt that is too long end as an outcome with an error, and the rest goes on.
 * @throws AppError CANCELLED after `signal` aborts; what else is FATAL
 */
export async function* evaluate(
  samples: Iterable<Sample>,
  answerer: Answerer,
  signal: AbortSignal,
): AsyncGenerator<Outcome, void, void> {
  const underWay: Promise<Outcome>[] = [];
  for (const sample of samples) {
    const outcome = outcomeOf(sample, answerer, signal);
    // It is awaited when its turn comes; until then a rejection is not unhandled.
    outcome.catch(() => {});
    underWay.push(outcome);
    if (underWay.length >= answerer.atOnce) yield await (underWay.shift() as Promise<Outcome>);
  }
  for (const outcome of underWay) yield await outcome;
}

async function outcomeOf(sample: Sample, answerer: Answerer, signal: AbortSignal): Promise<Outcome> {
  try {
    signal.throwIfAborted();
    const { answer, grounded } = await answerer.answer(sample.image, questionOf(sample), signal);
    signal.throwIfAborted();
    const asks = sample.task === 'grounding' || sample.task === 'comprehension';
    const found = asks ? (promptEntity(grounded)?.boxes ?? []) : [];
    const between = found.map(({ box }) => box);
    return { id: sample.id, answer: asks ? answer : judgedWords(answer), boxes: found.map(patchPairToBox), between };
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    if (FATAL.has(code)) throw thrown;
    return { id: sample.id, answer: '', boxes: [], error: { code, message } };
  }
}
