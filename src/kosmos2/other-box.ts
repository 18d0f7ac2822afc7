import { iou, type UnitBox } from './box.ts';

/** IoU above which a further box that the model had to give is a known one, found again: looser than `SAME_PLACE`. */
const SAME_THING = 0.5;

/** What a further box of the same phrase is worth: `new`, one that is `known`, or one the model does not believe in. */
export type OtherBox = 'new' | 'known' | 'unlikely';

/**
 * Judges a box that the model had to give after those known. A model that sees no other thing repeats itself or guesses, so
 * a search ends at the first box that is not new.
 * @param certainty product of the certainties of its corners (see cornerCertainty)
 * @param least certainty under which a box is a guess
 */
export function judgeOtherBox(found: UnitBox, certainty: number, known: readonly UnitBox[], least: number): OtherBox {
  if (known.some((box) => iou(box, found) > SAME_THING)) return 'known';
  return certainty < least ? 'unlikely' : 'new';
}
