import { iou, type UnitBox, unitBox } from '../../kosmos2/box.ts';

/** Overlap from which a box is right, in all protocols here. */
const RIGHT = 0.5;

/** How a phrase with several boxes is judged: against any of them, or against the one box around all. */
export type Protocol = 'any' | 'merged';

/**
 * Rank of the first box that is right, from 1; null where none is. Recall@k counts ranks up to k.
 * @param found boxes in the order of the answer
 * @param truth at least one box
 */
export function firstRight(found: readonly UnitBox[], truth: readonly UnitBox[], protocol: Protocol): number | null {
  const right = protocol === 'any' ? truth : [around(truth)];
  const rank = found.findIndex((box) => right.some((each) => iou(box, each) >= RIGHT));
  return rank < 0 ? null : rank + 1;
}

/** The smallest box around all. */
export function around(boxes: readonly UnitBox[]): UnitBox {
  const side = (index: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) => pick(...boxes.map((box) => box[index]));
  return unitBox(side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max));
}

/** Best overlap of the first box with the truth; 0 where there is no box. */
export function firstOverlap(found: readonly UnitBox[], truth: readonly UnitBox[]): number {
  const [first] = found;
  return first ? Math.max(0, ...truth.map((box) => iou(first, box))) : 0;
}
