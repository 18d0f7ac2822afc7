import { briefPrompt, questionPrompt } from '../../kosmos2/task-prompts.ts';
import { AppError } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import type { RgbImage } from '../image/pixels.ts';
import { type Spread, spreadOf } from './measure.ts';

const PICTURE = 'picture';

/**
 * Milliseconds from a question to its first token: about a picture never seen before, and about the same one again.
 * @param side of the pictures, in pixels
 */
export async function answerTimes(
  engine: Engine,
  side: number,
  runs: number,
): Promise<{ readonly first: Spread; readonly followUp: Spread }> {
  const first: number[] = [];
  const followUp: number[] = [];
  // The first one warms up.
  for (let run = -1; run < runs; run++) {
    engine.setImage(PICTURE, noise(side, run));
    const times = [await firstToken(engine, false), await firstToken(engine, true)] as const;
    if (run < 0) continue;
    first.push(times[0]);
    followUp.push(times[1]);
  }
  return { first: spreadOf(first), followUp: spreadOf(followUp) };
}

async function firstToken(engine: Engine, again: boolean): Promise<number> {
  const prompt = again ? questionPrompt(PICTURE, 'What is in the picture?') : briefPrompt(PICTURE);
  const started = performance.now();
  for await (const event of engine.generate({ prompt, options: { maxNewTokens: 1 } })) {
    if (event.type === 'token') return performance.now() - started;
  }
  throw new AppError('INTERNAL', 'The model ended without a token.');
}

/** A picture that is like no other. */
function noise(side: number, seed: number): RgbImage {
  const data = new Uint8Array(3 * side * side).map((_, at) => Math.imul(at + 1, 2 * seed + 40503) >>> 24);
  return { width: side, height: side, data };
}
