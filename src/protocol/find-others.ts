import { cornerCertainty } from '../kosmos2/corner-certainty.ts';
import type { GroundedBox } from '../kosmos2/grounded-text.ts';
import { judgeOtherBox } from '../kosmos2/other-box.ts';
import { type PatchPair, patchPairToBox } from '../kosmos2/patch-index.ts';
import type { Prompt } from '../kosmos2/prompt.ts';
import { argMax } from '../kosmos2/sampling.ts';
import { findOthersPrompt } from '../kosmos2/task-prompts.ts';
import type { EngineClient } from './client.ts';
import { coded, toAppError } from './errors.ts';

/** Whose kind is searched for. */
export interface FindOthersRequest {
  /** Id of the image. */
  readonly image: string;
  /** What the thing is called, in the singular or the plural. */
  readonly phrase: string;
  /** The boxes known, one at least. */
  readonly boxes: readonly PatchPair[];
  /** The caption up to the phrase, where it stands in one. */
  readonly before?: string | undefined;
  /** Most boxes to find; 16 by default. */
  readonly most?: number | undefined;
  /** Certainty under which a box is a guess and ends the search; 0.8 by default. */
  readonly least?: number | undefined;
  /** As in DecodingOptions. */
  readonly gridBoxes?: boolean | undefined;
}

/** A further box, and how sure the model is of its place. */
export interface OtherFound extends GroundedBox {
  /** Probability that both corners are where the box has them, give or take two cells of the grid. */
  readonly certainty: number;
}

const MOST = 16;
/** The right boxes of the demo scenes have 0.93 and more. */
const LEAST = 0.8;

/**
 * Finds other things like those in the boxes: asks for one more box at a time (two tokens; the rest is in the KV cache) and
 * gives each as it comes, until one is known already or unlikely. Ends quietly after `signal` aborts, or where `cancel` stops it.
 * @throws AppError REGION_INVALID, PROMPT_EMPTY, and what `generate` throws: CANCELLED where `cancel` is called while a lost
 * worker is being replaced
 */
export async function* findOthers(
  engine: Pick<EngineClient, 'generate'>,
  { image, phrase, boxes, before = '', most = MOST, least = LEAST, gridBoxes = false }: FindOthersRequest,
  signal?: AbortSignal,
): AsyncGenerator<OtherFound, void, void> {
  const known: PatchPair[] = [...boxes];
  while (known.length < boxes.length + most && !signal?.aborted) {
    const found = await nextBox(
      engine,
      coded(() => findOthersPrompt(image, phrase, known, before)),
      known.length,
      gridBoxes,
      signal,
    );
    if (!found) return;
    // On the grid, as those known are: between the cells, a small box given again would overlap too little to be known.
    const verdict = judgeOtherBox(patchPairToBox(found), found.certainty, known.map(patchPairToBox), least);
    if (verdict !== 'new') return;
    known.push(found);
    yield found;
  }
}

async function nextBox(
  engine: Pick<EngineClient, 'generate'>,
  prompt: Prompt,
  index: number,
  gridBoxes: boolean,
  signal: AbortSignal | undefined,
): Promise<OtherFound | null> {
  const options = { maxNewTokens: 2, temperature: 0, noRepeatNgramSize: 0, grammar: true, gridBoxes };
  let certainty = 1;
  let found: GroundedBox | undefined;
  try {
    for await (const event of engine.generate({ prompt, options, trace: true }, signal)) {
      if (event.type === 'restart') certainty = 1;
      if (event.type === 'result' && event.result.finish === 'cancelled') return null;
      if (event.type === 'result') found = event.result.grounded.entities.at(-1)?.boxes[index];
      if (event.type !== 'token' || !event.trace?.locations) continue;
      const { locations } = event.trace;
      // Greedy: the cell that was written is the most probable one.
      certainty *= cornerCertainty(locations, argMax(locations));
    }
  } catch (thrown) {
    // So a stop is told while a lost worker is being replaced.
    if (signal?.aborted && toAppError(thrown).code === 'CANCELLED') return null;
    throw thrown;
  }
  return found ? { ...found, certainty } : null;
}
