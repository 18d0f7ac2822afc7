import { type AppState, imageOf } from './app-state.ts';
import { changeImage, changeTurn } from './change.ts';
import type { Context } from './context.ts';
import { doChange, withoutRedo } from './history.ts';
import { turnReplacement } from './remove.ts';
import { drawSeed } from './settings.ts';
import { type Manner, newTurn, type Task, type Turn } from './turn.ts';

/** How the next question is asked: with the settings as they are. */
function mannerOf({ settings, draft }: AppState): Manner {
  return { settings: drawSeed(settings), followUp: draft.followUp };
}

/** Appends a waiting turn to the conversation about an image. */
export function addTurn({ store, nextId }: Context, imageId: string, task: Task): Turn {
  const turn = newTurn(nextId('turn'), imageId, task, mannerOf(store.getState()));
  store.setState((state) => ({
    turns: { ...state.turns, [turn.id]: turn },
    history: withoutRedo(state.history),
    ...changeImage(state, imageId, { turns: [...imageOf(state, imageId).turns, turn.id] }),
  }));
  return turn;
}

/** Asks the current image; the actions of a box close. */
export function ask(context: Context, task: Task): void {
  const { store } = context;
  addTurn(context, store.getState().current, task);
  store.setState(({ history }) => ({
    selected: null,
    pointed: null,
    picked: null,
    correcting: null,
    history: { ...history, told: null },
  }));
}

/** Asks the same again: in place where there was no answer, otherwise as a new turn. */
export function askAgain(context: Context, turnId: string): void {
  const { store } = context;
  const turn = store.getState().turns[turnId];
  if (!turn) return;
  if (turn.status !== 'failed') {
    addTurn(context, turn.image, turn.task);
    return;
  }
  const manner = { ...mannerOf(store.getState()), followUp: turn.followUp };
  store.setState((state) => ({
    ...changeTurn(state, turnId, newTurn(turn.id, turn.image, turn.task, manner)),
    // What it had found before it failed makes way for what it finds now.
    ...changeImage(state, turn.image, {
      boxes: imageOf(state, turn.image).boxes.filter((mark) => mark.turn !== turnId),
    }),
    selected: null,
    pointed: null,
    // There is nothing to correct until it is over.
    ...(state.correcting?.turn === turnId ? { correcting: null } : {}),
    history: withoutRedo(state.history),
  }));
}

/** Asks an edited question in the place of the old one, which can be brought back. @returns false where that is gone */
export function replaceTurn(context: Context, turnId: string, task: Task): boolean {
  const { store, nextId } = context;
  const old = store.getState().turns[turnId];
  if (!old) return false;
  const turn = newTurn(nextId('turn'), old.image, task, mannerOf(store.getState()));
  store.setState((state) => {
    const change = turnReplacement(state, turnId, turn);
    return change ? doChange(state, change) : {};
  });
  return true;
}
