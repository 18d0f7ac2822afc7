import type { Entity } from '../kosmos2/grounded-text.ts';
import { promptEntity } from '../kosmos2/prompt-entity.ts';
import { groundTextPrompts, type TextSpan } from '../kosmos2/task-prompts.ts';
import type { EngineClient } from './client.ts';
import { coded, toAppError } from './errors.ts';

/**
 * Ground my text: locates phrases of a caption one after the other, each in its context, and gives each as soon as its last
 * box is there. Ends quietly after `signal` aborts, or where `cancel` stops it.
 * @param spans phrases in code points of the caption
 * @param options as in DecodingOptions
 * @returns in the order of `spans`, an entity with start and end in the whole caption; without boxes where the model saw
 * nothing
 * @throws AppError REGION_INVALID, PROMPT_EMPTY, PROMPT_TOO_LONG, and what `generate` throws: CANCELLED where `cancel` is called
 * while a lost worker is being replaced
 */
export async function* groundText(
  engine: Pick<EngineClient, 'generate'>,
  image: string,
  caption: string,
  spans: readonly TextSpan[],
  signal?: AbortSignal,
  { gridBoxes = false }: { readonly gridBoxes?: boolean | undefined } = {},
): AsyncGenerator<Entity, void, void> {
  const points = Array.from(caption);
  for (const [index, prompt] of coded(() => groundTextPrompts(image, caption, spans)).entries()) {
    if (signal?.aborted) return;
    const { start, end } = spans[index] as TextSpan;
    let located: Entity | undefined;
    try {
      for await (const event of engine.generate({ prompt, options: { gridBoxes } }, signal)) {
        if (event.type !== 'token' && event.type !== 'result') continue;
        if (event.type === 'result' && event.result.finish === 'cancelled') return;
        located = promptEntity(event.type === 'token' ? event.grounded : event.result.grounded);
        // What the model goes on to say behind the phrase is no part of the person's text.
        if (!located || located.complete) break;
      }
    } catch (thrown) {
      // So a stop is told while a lost worker is being replaced.
      if (signal?.aborted && toAppError(thrown).code === 'CANCELLED') return;
      throw thrown;
    }
    if (signal?.aborted) return;
    const { boxes = [], score = null } = located ?? {};
    yield { index, phrase: points.slice(start, end).join('').trim(), start, end, boxes, complete: true, score };
  }
}
