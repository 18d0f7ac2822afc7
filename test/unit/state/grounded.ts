import { unitBox } from '../../../src/kosmos2/box.ts';
import type { Entity, GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import { boxToPatchPair } from '../../../src/kosmos2/patch-index.ts';

type Corners = readonly [number, number, number, number];

/** An answer whose phrases stand in `caption`, each with its boxes. */
export function grounded(
  caption: string,
  entities: readonly { readonly phrase: string | null; readonly boxes: readonly Corners[]; readonly score?: null }[],
  answerStart = 0,
): GroundedText {
  const points = Array.from(caption);
  let from = 0;
  const placed = entities.map(({ phrase, boxes, score = 0.5 as number | null }, index): Entity => {
    const words = Array.from(phrase ?? '');
    let start = from;
    while (points.slice(start, start + words.length).join('') !== (phrase ?? '')) start++;
    from = start + words.length;
    return {
      index,
      phrase,
      start,
      end: from,
      boxes: boxes.map((box) => ({ ...boxToPatchPair(unitBox(...box)), box: unitBox(...box), score })),
      complete: true,
      score,
    };
  });
  return { caption, answerStart, entities: placed };
}
