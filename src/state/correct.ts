import { type UnitBox, unitBox } from '../kosmos2/box.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import { type AppState, imageOf } from './app-state.ts';
import { changeImage, changeTurn } from './change.ts';
import { renamed, withBoxAt, withNewBox, withoutBox } from './corrected-text.ts';
import type { Change, ChangeKind } from './history.ts';
import { entityNumbers, markBoxes, numberedMarks, restoreMarks } from './marks.ts';
import { onStage } from './on-stage.ts';
import { numberedRegions } from './regions.ts';
import { isOver, type Turn } from './turn.ts';

// What a person corrects in an answer, to be taken back like everything else. Null where there is nothing to change.

/** Gives a phrase of an answer other words, in its caption too. */
export function renaming(state: AppState, turnId: string, entity: number, words: string): Change | null {
  const phrase = words.trim();
  const old = state.turns[turnId]?.grounded?.entities.find(({ index }) => index === entity);
  if (!old || phrase === '' || phrase === old.phrase) return null;
  return correction(state, turnId, 'rename', (text) => renamed(text, entity, phrase));
}

/** Takes a box out of an answer. */
export function boxDeletion(state: AppState, turnId: string, entity: number, index: number): Change | null {
  if (!hasBox(state, turnId, entity, index)) return null;
  const change = correction(state, turnId, 'delete-box', (text) => withoutBox(text, entity, index));
  // The next box takes its place and its number in the list, and must not be deleted by the next press of the same key.
  return change && { ...change, apply: (now) => ({ ...change.apply(now), selected: null }) };
}

/**
 * Puts a box of an answer elsewhere: anywhere on the picture, not only where the model can point.
 * @param gesture names the drag it is part of; a drag is taken back as one
 */
export function boxMove(
  state: AppState,
  { turn, entity, index }: { readonly turn: string; readonly entity: number; readonly index: number },
  box: UnitBox,
  gesture: string,
): Change | null {
  if (!hasBox(state, turn, entity, index)) return null;
  const change = correction(state, turn, 'move-box', (text) => withBoxAt(text, entity, index, box));
  return change && { ...change, gesture };
}

/** Adds a box the model missed. */
export function boxAddition(state: AppState, turnId: string, words: string, box: UnitBox): Change | null {
  const phrase = words.trim();
  return phrase === '' ? null : correction(state, turnId, 'add-box', (text) => withNewBox(text, phrase, box));
}

/** Brings back what the model said. */
export function correctionReversal(state: AppState, turnId: string): Change | null {
  const { original } = state.turns[turnId] ?? {};
  return original ? changing(state, turnId, 'revert-answer', { ...original, original: null }) : null;
}

/** A box with its corners in order and on the picture, a pixel of it large at least. */
export function fitted([x1, y1, x2, y2]: UnitBox, width: number, height: number): UnitBox {
  const [left, right] = stretch(x1, x2, 1 / width);
  const [top, bottom] = stretch(y1, y2, 1 / height);
  return unitBox(left, top, right, bottom);
}

function stretch(a: number, b: number, least: number): readonly [from: number, to: number] {
  const inside = (value: number) => Math.max(0, Math.min(value, 1));
  const from = Math.min(inside(Math.min(a, b)), 1 - least);
  return [from, Math.max(inside(Math.max(a, b)), from + least)];
}

function hasBox(state: AppState, turnId: string, entity: number, index: number): boolean {
  const { entities = [] } = state.turns[turnId]?.grounded ?? {};
  return entities.find((one) => one.index === entity)?.boxes[index] !== undefined;
}

function correction(
  state: AppState,
  turnId: string,
  kind: ChangeKind,
  correct: (text: GroundedText) => GroundedText,
): Change | null {
  const turn = state.turns[turnId];
  if (!turn?.grounded || !isOver(turn)) return null;
  const original = turn.original ?? { grounded: turn.grounded, numbers: turn.numbers };
  return changing(state, turnId, kind, { grounded: correct(turn.grounded), numbers: turn.numbers, original });
}

type Answer = Pick<Turn, 'grounded' | 'numbers' | 'original'>;

/** Gives a turn another answer, and the stage its boxes. */
function changing(state: AppState, turnId: string, kind: ChangeKind, answer: Answer): Change | null {
  const turn = state.turns[turnId];
  if (!turn) return null;
  const { grounded, numbers, original, tokens } = turn;
  // Asked again in place, it has another answer, of which nothing is known here.
  const isSame = (now: AppState) => now.turns[turnId]?.tokens === tokens;
  return {
    kind,
    urls: [],
    apply: (now) => (isSame(now) ? withAnswer(now, turnId, answer) : {}),
    revert: (now) => (isSame(now) ? withAnswer(now, turnId, { grounded, numbers, original }) : {}),
  };
}

/** Things keep their numbers, and with them their colours; a new one gets one as in an answer that grows. */
function withAnswer(state: AppState, turnId: string, { grounded, numbers, original }: Answer): Partial<AppState> {
  const turn = state.turns[turnId];
  if (!turn || !grounded || !state.images.some(({ id }) => id === turn.image)) return {};
  const image = imageOf(state, turn.image);
  const others = image.boxes.filter((mark) => mark.turn !== turnId);
  const shown = entityNumbers(image.boxes, turnId, turn.numbers.length);
  const numbered = numberedMarks(turnId, grounded, numbers);
  const stay = numbered.filter((mark) => shown[mark.entity] === mark.number);
  // What comes back may find its number taken.
  const back = numbered.filter((mark) => !stay.includes(mark));
  const regions = numberedRegions(state, image.id);
  const known = restoreMarks([...others, ...stay], back, regions);
  const boxes = markBoxes(known, turnId, grounded, regions);
  const { selected } = state;
  const gone =
    selected?.turn === turnId &&
    !boxes.some((mark) => mark.turn === turnId && mark.entity === selected.entity && mark.index === selected.index);
  return {
    // Nothing is changed on a picture that nobody sees.
    ...(image.id === state.current ? {} : onStage(state, image.id)),
    ...(gone ? { selected: null } : {}),
    ...changeTurn(state, turnId, {
      grounded,
      original,
      numbers: entityNumbers(boxes, turnId, grounded.entities.length),
    }),
    ...changeImage(state, image.id, { boxes }),
  };
}
