import { type AppState, imageOf } from './app-state.ts';
import { changeImage } from './change.ts';
import { entityNumbers, type MarkedBox, restoreMarks } from './marks.ts';
import { onStage } from './on-stage.ts';
import type { PageImage } from './page-image.ts';
import { numberedRegions } from './regions.ts';
import type { Turn } from './turn.ts';

/** A turn taken out of its conversation, with all that is needed to put it back. */
export interface RemovedTurn {
  readonly turn: Turn;
  /** Where it stood in its conversation. */
  readonly at: number;
  readonly boxes: readonly MarkedBox[];
}

/** Looks at a turn of the state as something that can be removed and put back; null where there is none. */
export function removable(state: AppState, turnId: string): RemovedTurn | null {
  const turn = state.turns[turnId];
  if (!turn) return null;
  const image = imageOf(state, turn.image);
  return { turn, at: image.turns.indexOf(turnId), boxes: image.boxes.filter((mark) => mark.turn === turnId) };
}

/** The state without a turn and its boxes. */
export function withoutTurn(state: AppState, turnId: string): Partial<AppState> {
  const turn = state.turns[turnId];
  if (!turn) return {};
  const { [turnId]: _, ...turns } = state.turns;
  const image = imageOf(state, turn.image);
  return {
    turns,
    selected: null,
    pointed: null,
    ...changeImage(state, image.id, {
      turns: image.turns.filter((id) => id !== turnId),
      boxes: image.boxes.filter((mark) => mark.turn !== turnId),
      focus: image.focus === turnId ? null : image.focus,
    }),
  };
}

/** The state with a removed turn at its old place, in front; unchanged where its picture is gone. */
export function withTurn(state: AppState, { turn, at, boxes }: RemovedTurn): Partial<AppState> {
  const image = state.images.find(({ id }) => id === turn.image);
  if (!image || state.turns[turn.id]) return {};
  const all = restoreMarks(image.boxes, boxes, numberedRegions(state, image.id));
  const numbers = entityNumbers(all, turn.id, turn.numbers.length);
  return {
    turns: { ...state.turns, [turn.id]: { ...turn, numbers } },
    ...onStage(state, image.id),
    ...changeImage(state, image.id, { turns: image.turns.toSpliced(at, 0, turn.id), boxes: all, focus: turn.id }),
  };
}

/** The state without a picture and its conversation; the next picture comes onto the stage. */
export function withoutImage(state: AppState, imageId: string): Partial<AppState> {
  const at = state.images.findIndex(({ id }) => id === imageId);
  const images = state.images.filter(({ id }) => id !== imageId);
  const beside = images[Math.min(at, images.length - 1)];
  if (at < 0 || !beside) return {};
  return {
    images,
    turns: Object.fromEntries(Object.entries(state.turns).filter(([, turn]) => turn.image !== imageId)),
    ...onStage(state, state.current === imageId ? beside.id : state.current),
  };
}

/** The state with a removed picture and its turns at its old place, on the stage. */
export function withImage(state: AppState, image: PageImage, at: number, turns: readonly Turn[]): Partial<AppState> {
  if (state.images.some(({ id }) => id === image.id)) return {};
  return {
    images: state.images.toSpliced(at, 0, image),
    turns: { ...state.turns, ...Object.fromEntries(turns.map((turn) => [turn.id, turn])) },
    ...onStage(state, image.id),
  };
}
