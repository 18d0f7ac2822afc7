import { imageOf } from './app-state.ts';
import { changeImage, changeTurn } from './change.ts';
import type { Context } from './context.ts';
import { newTurn, type Task, type Turn } from './turn.ts';

/** Appends a waiting turn to the conversation about an image. */
export function addTurn({ store, nextId }: Context, imageId: string, task: Task): Turn {
  const turn = newTurn(nextId('turn'), imageId, task);
  store.setState((state) => ({
    turns: { ...state.turns, [turn.id]: turn },
    ...changeImage(state, imageId, { turns: [...imageOf(state, imageId).turns, turn.id] }),
  }));
  return turn;
}

/** Asks the current image; the actions of a box close. */
export function ask(context: Context, task: Task): void {
  const { store } = context;
  addTurn(context, store.getState().current, task);
  store.setState({ selected: null, pointed: null, picked: null });
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
  store.setState((state) => changeTurn(state, turnId, { ...newTurn(turn.id, turn.image, turn.task) }));
}
