import { briefPrompt, questionPrompt } from '../../kosmos2/task-prompts.ts';
import { AppError } from '../../protocol/errors.ts';
import type { Timings } from '../../protocol/generation.ts';
import type { Engine } from '../engine.ts';
import type { RgbImage } from '../image/pixels.ts';
import { type Spread, spreadOf } from './measure.ts';

const PICTURE = 'picture';

/** From a question to its first token. */
export interface AnswerTime {
  readonly time: Spread;
  /** Positions that were read for it: those of the prompt that were not in the KV cache. */
  readonly tokens: number;
}

/**
 * Milliseconds from a question to its first token: about a picture never seen before, and about the same one again.
 * @param side of the pictures, in pixels
 */
export async function answerTimes(
  engine: Engine,
  side: number,
  runs: number,
): Promise<{ readonly first: AnswerTime; readonly followUp: AnswerTime }> {
  const first: Timings[] = [];
  const followUp: Timings[] = [];
  // The first one warms up.
  for (let run = -1; run < runs; run++) {
    engine.setImage(PICTURE, noise(side, run));
    const timings = [await ask(engine, false), await ask(engine, true)] as const;
    if (run < 0) continue;
    first.push(timings[0]);
    followUp.push(timings[1]);
  }
  return { first: answerTime(first), followUp: answerTime(followUp) };
}

function answerTime(timings: readonly Timings[]): AnswerTime {
  const { promptTokens, reusedTokens } = timings[0] as Timings;
  return { time: spreadOf(timings.map(({ firstToken }) => firstToken)), tokens: promptTokens - reusedTokens };
}

async function ask(engine: Engine, again: boolean): Promise<Timings> {
  const prompt = again ? questionPrompt(PICTURE, 'What is in the picture?') : briefPrompt(PICTURE);
  for await (const event of engine.generate({ prompt, options: { maxNewTokens: 1 } })) {
    if (event.type === 'result') return event.result.timings;
  }
  throw new AppError('INTERNAL', 'The model ended without a result.');
}

/** A picture that is like no other. */
function noise(side: number, seed: number): RgbImage {
  const data = new Uint8Array(3 * side * side).map((_, at) => Math.imul(at + 1, 2 * seed + 40503) >>> 24);
  return { width: side, height: side, data };
}
