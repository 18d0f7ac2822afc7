import type { GroundedBox } from '../kosmos2/grounded-text.ts';
import { judgeOtherBox } from '../kosmos2/other-box.ts';
import { patchPairToBox } from '../kosmos2/patch-index.ts';
import type { PatchPair } from '../kosmos2/prompt.ts';
import { findOthersPrompt } from '../kosmos2/task-prompts.ts';
import type { EngineClient } from './client.ts';

/** Whose kind is searched for. */
export interface FindOthersRequest {
  /** Id of the image. */
  readonly image: string;
  /** Plural or singular. */
  readonly phrase: string;
  /** The boxes known, one at least. */
  readonly boxes: readonly PatchPair[];
  /** The caption up to the phrase, where it stands in one. */
  readonly before?: string | undefined;
  /** Most boxes to find; 16 by default. */
  readonly most?: number | undefined;
}

/** Score of a box under which the model is guessing; measured on the demo scenes (see find-others.test.ts). */
export const LEAST_SCORE = 0.1;
const MOST = 16;

/**
 * Finds other things like those in the boxes: asks for one more box at a time (two tokens; the rest is in the KV cache) and
 * gives each as it comes, until one is known already or unlikely. Ends quietly after `signal` aborts.
 * @throws AppError REGION_INVALID, PROMPT_EMPTY, and what `generate` throws
 */
export async function* findOthers(
  engine: Pick<EngineClient, 'generate'>,
  { image, phrase, boxes, before = '', most = MOST }: FindOthersRequest,
  signal?: AbortSignal,
): AsyncGenerator<GroundedBox, void, void> {
  const known: (PatchPair & Pick<GroundedBox, 'box'>)[] = boxes.map((pair) => ({ ...pair, box: patchPairToBox(pair) }));
  while (known.length < boxes.length + most && !signal?.aborted) {
    const prompt = findOthersPrompt(image, phrase, known, before);
    const options = { maxNewTokens: 2, temperature: 0, noRepeatNgramSize: 0, grammar: true };
    let found: GroundedBox | undefined;
    for await (const event of engine.generate({ prompt, options }, signal)) {
      if (event.type === 'result') found = event.result.grounded.entities.at(-1)?.boxes[known.length];
    }
    if (!found || judgeOtherBox(found, known, LEAST_SCORE) !== 'new') return;
    known.push(found);
    yield found;
  }
}
