import { iou, SAME_PLACE, type UnitBox } from '../kosmos2/box.ts';
import type { Entity, GroundedBox, GroundedText } from '../kosmos2/grounded-text.ts';
import { type PatchPair, sameCells } from '../kosmos2/patch-index.ts';
import type { Region } from './turn.ts';

/** A box of an answer as the stage shows it. The number stands for the thing and decides its colour. */
export interface MarkedBox {
  readonly key: string;
  readonly turn: string;
  /** Index of the entity in its answer, and of the box in its entity. */
  readonly entity: number;
  readonly index: number;
  /** From 1, in order of appearance in the conversation. */
  readonly number: number;
  readonly phrase: string | null;
  readonly box: UnitBox;
  readonly patches: PatchPair;
  /** Null where the box stood in the prompt, or a person drew it. */
  readonly score: number | null;
  /** Set where a person drew, moved or renamed it. */
  readonly edited?: true;
}

/** Whether its phrase says what it is: a region put into a question is called "it". */
export function isNamed({ phrase, score, edited }: MarkedBox): boolean {
  // Empty where the model did not know the words it was given.
  return phrase !== null && phrase !== '' && (score !== null || edited === true);
}

/** How far two boxes are one place: wholly where they are the same cells, wherever between them each lies; else their IoU. */
export function overlapOf(a: Pick<MarkedBox, 'box' | 'patches'>, b: Pick<MarkedBox, 'box' | 'patches'>): number {
  return sameCells(a.patches, b.patches) ? 1 : iou(a.box, b.box);
}

/**
 * Adds the complete boxes of a growing answer to those of its conversation. A thing that already has a number keeps it,
 * so that it has one colour in the whole conversation; what is there never changes, so that nothing flickers.
 * @param regions drawn in questions, whose numbers are theirs
 * @returns `boxes` itself where nothing is new
 */
export function markBoxes(
  boxes: readonly MarkedBox[],
  turn: string,
  grounded: GroundedText,
  regions: readonly Region[] = [],
): readonly MarkedBox[] {
  const added: MarkedBox[] = [];
  for (const entity of grounded.entities) {
    const known = boxes.filter((mark) => mark.turn === turn && mark.entity === entity.index);
    let number = known[0]?.number;
    for (let index = known.length; index < entity.boxes.length; index++) {
      const grown = entity.boxes[index];
      if (!grown) break;
      const numbered = [...boxes, ...added, ...regions];
      number ??= numberAt(numbered, { box: grown.box, patches: grown }) ?? 1 + highest(numbered);
      added.push(markOf(turn, entity, index, grown, number));
    }
  }
  return added.length === 0 ? boxes : [...boxes, ...added];
}

/** The boxes of an answer whose things have numbers already; those of a thing without one, 0, are left out. */
export function numberedMarks(turn: string, grounded: GroundedText, numbers: readonly number[]): readonly MarkedBox[] {
  return grounded.entities.flatMap((entity) => {
    const number = numbers[entity.index] ?? 0;
    return number === 0 ? [] : entity.boxes.map((box, index) => markOf(turn, entity, index, box, number));
  });
}

function markOf(
  turn: string,
  { index: entity, phrase }: Entity,
  index: number,
  { box, upperLeft, lowerRight, score, edited }: GroundedBox,
  number: number,
): MarkedBox {
  const key = `${turn}/${entity}/${index}`;
  const mark = { key, turn, entity, index, number, phrase, box, patches: { upperLeft, lowerRight }, score };
  return edited ? { ...mark, edited } : mark;
}

/** Number of each entity of a turn, 0 where it has no box yet. */
export function entityNumbers(boxes: readonly MarkedBox[], turn: string, entities: number): readonly number[] {
  const numbers = new Array<number>(entities).fill(0);
  for (const mark of boxes) if (mark.turn === turn && mark.entity < entities) numbers[mark.entity] = mark.number;
  return numbers;
}

type Numbered = Pick<MarkedBox, 'box' | 'number' | 'patches'>;

/** Number of the thing already marked at this place, the closest one. */
function numberAt(boxes: readonly Numbered[], place: Omit<Numbered, 'number'>): number | undefined {
  let best = SAME_PLACE;
  let number: number | undefined;
  for (const mark of boxes) {
    const overlap = overlapOf(mark, place);
    if (overlap < best) continue;
    if (overlap === best && number !== undefined) continue;
    best = overlap;
    number = mark.number;
  }
  return number;
}

/**
 * Puts the boxes of removed answers back. A number that was given to another thing since is not taken from it: the thing
 * that comes back gets a new one, which nothing else of these answers keeps.
 * @param regions drawn in questions, whose numbers are theirs
 */
export function restoreMarks(
  boxes: readonly MarkedBox[],
  marks: readonly MarkedBox[],
  regions: readonly Region[],
): readonly MarkedBox[] {
  const numbered = [...boxes, ...regions];
  let all = boxes;
  const numbers = new Map<number, number>();
  for (const mark of marks) {
    let number = numbers.get(mark.number);
    if (number === undefined) {
      const taken = numbered.some((other) => other.number === mark.number);
      number = numberAt(numbered, mark) ?? (taken ? 1 + highest([...all, ...marks, ...regions]) : mark.number);
      numbers.set(mark.number, number);
    }
    all = [...all, { ...mark, number }];
  }
  return all;
}

function highest(boxes: readonly Numbered[]): number {
  return boxes.reduce((most, mark) => Math.max(most, mark.number), 0);
}
