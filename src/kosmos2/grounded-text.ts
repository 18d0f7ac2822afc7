import type { UnitBox } from './box.ts';

/** One location: its two patch indices as the model wrote them, and its box. */
export interface GroundedBox {
  readonly upperLeft: number;
  readonly lowerRight: number;
  /** Where the neighbours of the cells are known, with its corners between the cells (corner-place.ts). */
  readonly box: UnitBox;
  /** Product of the probabilities of the two location tokens; null where the box stood in the prompt. */
  readonly score: number | null;
  /** Set where a person drew, moved or renamed it; the model said something else, or nothing. */
  readonly edited?: true;
}

/** A corner of a box: of `entities[entity].boxes[box]`, which is there once both its corners are. */
export interface BoxCorner {
  readonly entity: number;
  readonly box: number;
  readonly corner: 'upperLeft' | 'lowerRight';
}

/** A phrase and where it is: `<phrase>..</phrase><object>..</object>`. */
export interface Entity {
  /** Order of appearance in the whole text, from 0: the same number for as long as the text grows. */
  readonly index: number;
  /** The words of the phrase, trimmed; null for an object without a phrase. */
  readonly phrase: string | null;
  /** Where the phrase stands in the caption, in Unicode code points; equal for an object without a phrase. */
  readonly start: number;
  readonly end: number;
  readonly boxes: readonly GroundedBox[];
  /** False while its `</object>` has not come (and for good where generation stopped inside it). */
  readonly complete: boolean;
  /** Mean score of its generated boxes, null where none was generated. */
  readonly score: number | null;
}

/** What a sequence of KOSMOS-2 tokens says, prompt and answer together. */
export interface GroundedText {
  /** The plain words, all tags and locations taken out. */
  readonly caption: string;
  /** Code point of `caption` at which the generated part begins. */
  readonly answerStart: number;
  readonly entities: readonly Entity[];
}
