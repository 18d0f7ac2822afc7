import { iou } from './box.ts';
import type { GroundedBox } from './grounded-text.ts';

/** Boxes that overlap more than this mark the same thing. */
export const SAME_THING = 0.5;

/** What a further box of the same phrase is worth: `new`, one that is `known`, or one the model does not believe in. */
export type OtherBox = 'new' | 'known' | 'unlikely';

/**
 * Judges a box the model had to give after those known. A model that sees no other thing repeats itself or guesses, so a
 * search ends at the first box that is not new.
 * @param least score under which a box is a guess
 */
export function judgeOtherBox(found: GroundedBox, known: readonly Pick<GroundedBox, 'box'>[], least: number): OtherBox {
  if (known.some(({ box }) => iou(box, found.box) > SAME_THING)) return 'known';
  return (found.score ?? 1) < least ? 'unlikely' : 'new';
}
