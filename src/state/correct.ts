import { codePoints } from '../kosmos2/caption.ts';
import type { Entity, GroundedText } from '../kosmos2/grounded-text.ts';
import { type AppState, imageOf } from './app-state.ts';
import { changeImage, changeTurn } from './change.ts';
import type { Change, ChangeKind } from './history.ts';
import { entityNumbers, type MarkedBox } from './marks.ts';

/** Gives a phrase of an answer other words, in its caption too; null where there is nothing to change. */
export function renaming(state: AppState, turnId: string, entity: number, words: string): Change | null {
  const turn = state.turns[turnId];
  const old = turn?.grounded?.entities.find(({ index }) => index === entity);
  const phrase = words.trim();
  if (!turn?.grounded || !old || phrase === '' || phrase === old.phrase) return null;
  const grounded = renamed(turn.grounded, old, phrase);
  return correction(state, turnId, entity, 'rename', grounded, (mark) =>
    mark.entity === entity ? { ...mark, phrase } : mark,
  );
}

/** Takes a box out of an answer; null where it is not there. */
export function boxDeletion(state: AppState, turnId: string, entity: number, index: number): Change | null {
  const grounded = state.turns[turnId]?.grounded;
  if (!grounded?.entities.find((one) => one.index === entity)?.boxes[index]) return null;
  const entities = grounded.entities.map((one) =>
    one.index === entity ? { ...one, boxes: one.boxes.filter((_, place) => place !== index) } : one,
  );
  return correction(state, turnId, entity, 'delete-box', { ...grounded, entities }, (mark) => {
    if (mark.entity !== entity || mark.index < index) return mark;
    return mark.index === index
      ? null
      : { ...mark, index: mark.index - 1, key: `${turnId}/${entity}/${mark.index - 1}` };
  });
}

/** A change of an answer by a person, marked as such; taking it back restores what the model said. */
function correction(
  state: AppState,
  turnId: string,
  entity: number,
  kind: ChangeKind,
  grounded: GroundedText,
  mend: (mark: MarkedBox) => MarkedBox | null,
): Change | null {
  const turn = state.turns[turnId];
  if (!turn) return null;
  const marks = imageOf(state, turn.image).boxes.filter((mark) => mark.turn === turnId);
  const mended = marks.flatMap((mark) => mend(mark) ?? []);
  const put = (now: AppState, answer: GroundedText | null, edited: readonly number[], boxes: readonly MarkedBox[]) => {
    const image = now.images.find(({ id }) => id === turn.image);
    if (!image || !now.turns[turnId]) return {};
    const all = [...image.boxes.filter((mark) => mark.turn !== turnId), ...boxes];
    const numbers = entityNumbers(all, turnId, turn.numbers.length);
    return {
      selected: null,
      ...changeTurn(now, turnId, { grounded: answer, edited, numbers }),
      ...changeImage(now, image.id, { boxes: all }),
    };
  };
  const edited = [...new Set([...turn.edited, entity])];
  return {
    kind,
    urls: [],
    apply: (now) => put(now, grounded, edited, mended),
    revert: (now) => put(now, turn.grounded, turn.edited, marks),
  };
}

/** The text with other words for one phrase; everything behind it moves along. */
function renamed({ caption, answerStart, entities }: GroundedText, old: Entity, phrase: string): GroundedText {
  const points = Array.from(caption);
  const placed = old.end > old.start;
  const longer = placed ? codePoints(phrase) - (old.end - old.start) : 0;
  const move = (point: number) => (point >= old.end ? point + longer : point);
  return {
    caption: placed ? [...points.slice(0, old.start), phrase, ...points.slice(old.end)].join('') : caption,
    answerStart: move(answerStart),
    entities: entities.map((entity) => {
      if (entity === old) return { ...entity, phrase, end: entity.end + longer };
      return { ...entity, start: move(entity.start), end: move(entity.end) };
    }),
  };
}
