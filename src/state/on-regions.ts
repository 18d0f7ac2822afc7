import type { GroundedBox, GroundedText } from '../kosmos2/grounded-text.ts';
import { sameCells } from '../kosmos2/patch-index.ts';
import type { Region } from './turn.ts';

/** The answer with the boxes of its question as they were drawn: the prompt holds their cells alone. */
export function onRegions(grounded: GroundedText, regions: readonly Region[]): GroundedText {
  const drawn = (box: GroundedBox) =>
    box.score === null && !box.edited ? regions.find(({ patches }) => sameCells(patches, box)) : undefined;
  if (!grounded.entities.some(({ boxes }) => boxes.some(drawn))) return grounded;
  const entities = grounded.entities.map((entity) => ({
    ...entity,
    boxes: entity.boxes.map((box) => ({ ...box, box: drawn(box)?.box ?? box.box })),
  }));
  return { ...grounded, entities };
}
