import type { UnitBox } from '../kosmos2/box.ts';
import { codePoints } from '../kosmos2/caption.ts';
import type { Entity, GroundedBox, GroundedText } from '../kosmos2/grounded-text.ts';
import { meanScore } from '../kosmos2/mean-score.ts';
import { boxToPatchPair } from '../kosmos2/patch-index.ts';

// An answer as a person corrects it: each function gives the text with one thing changed, and marks the boxes it touched.

/** Other words for a phrase, in the caption too; everything behind it moves along. */
export function renamed(text: GroundedText, entity: number, phrase: string): GroundedText {
  const old = text.entities.find(({ index }) => index === entity);
  if (!old) return text;
  const placed = old.end > old.start;
  const moved = placed ? replaced(text, old.start, old.end, phrase) : text;
  const end = placed ? old.start + codePoints(phrase) : old.end;
  const boxes = old.boxes.map((box): GroundedBox => ({ ...box, edited: true }));
  return withEntity(moved, { ...old, phrase, end, boxes });
}

/** A box at another place. */
export function withBoxAt(text: GroundedText, entity: number, index: number, box: UnitBox): GroundedText {
  return withBoxes(text, entity, (boxes) => boxes.with(index, drawn(box)));
}

export function withoutBox(text: GroundedText, entity: number, index: number): GroundedText {
  return withBoxes(text, entity, (boxes) => boxes.toSpliced(index, 1));
}

/**
 * One more box for what is called `phrase`: of the phrase of that name where there is one, otherwise of these words where
 * the caption has them, otherwise of a new phrase at its end, so that every box has its words in the caption.
 */
export function withNewBox(text: GroundedText, phrase: string, box: UnitBox): GroundedText {
  const same = text.entities.find((one) => one.phrase?.toLowerCase() === phrase.toLowerCase());
  const [there, entity] = same ? [text, same.index] : withNewPhrase(text, phrase);
  return withBoxes(there, entity, (boxes) => [...boxes, drawn(box)]);
}

/** @returns also the index of the phrase */
function withNewPhrase(text: GroundedText, phrase: string): readonly [GroundedText, number] {
  const length = codePoints(phrase);
  const free = placesOf(text, phrase).find((start) =>
    text.entities.every((other) => start + length <= other.start || start >= other.end),
  );
  let there = text;
  let start = free;
  if (start === undefined) {
    // Before what ends the sentence.
    const body = text.caption.replace(/[.!?\s]+$/u, '');
    const end = codePoints(body);
    const comma = body === '' ? '' : ', ';
    there = replaced(text, end, end, comma + phrase);
    start = end + comma.length;
  }
  const index = 1 + Math.max(-1, ...text.entities.map((one) => one.index));
  const entity: Entity = { index, phrase, start, end: start + length, boxes: [], complete: true, score: null };
  return [{ ...there, entities: [...there.entities, entity] }, index];
}

/** Code points of the answer at which these words stand as words of their own. */
function placesOf({ caption, answerStart }: GroundedText, phrase: string): readonly number[] {
  const word = /[\p{L}\p{N}]/u;
  // One by one: some letters become two, which would move all that stands behind.
  const points = Array.from(caption, (point) => point.toLowerCase());
  const wanted = Array.from(phrase, (point) => point.toLowerCase());
  return points.flatMap((_, start) => {
    if (start < answerStart || !wanted.every((point, index) => points[start + index] === point)) return [];
    const apart = ![points[start - 1], points[start + wanted.length]].some((beside) => beside && word.test(beside));
    return apart ? start : [];
  });
}

function drawn(box: UnitBox): GroundedBox {
  return { ...boxToPatchPair(box), box, score: null, edited: true };
}

function withBoxes(
  text: GroundedText,
  entity: number,
  change: (boxes: readonly GroundedBox[]) => readonly GroundedBox[],
): GroundedText {
  const old = text.entities.find(({ index }) => index === entity);
  return old ? withEntity(text, { ...old, boxes: change(old.boxes) }) : text;
}

/** The text with an entity in the place of the one of its index; its score is of the boxes the model gave. */
function withEntity(text: GroundedText, entity: Entity): GroundedText {
  const score = meanScore(entity.boxes);
  const entities = text.entities.map((one) => (one.index === entity.index ? { ...entity, score } : one));
  return { ...text, entities };
}

/** The text with other words from `start` to `end`; what stands behind moves along. */
function replaced(
  { caption, answerStart, entities }: GroundedText,
  start: number,
  end: number,
  words: string,
): GroundedText {
  const points = Array.from(caption);
  const longer = codePoints(words) - (end - start);
  const move = (point: number) => (point >= end && point > start ? point + longer : point);
  return {
    caption: [...points.slice(0, start), words, ...points.slice(end)].join(''),
    answerStart: move(answerStart),
    entities: entities.map((entity) => ({ ...entity, start: move(entity.start), end: move(entity.end) })),
  };
}
