import type { AppState } from './app-state.ts';
import { addTurn } from './ask.ts';
import type { Context } from './context.ts';
import { emptied, taskAbout } from './draft.ts';
import { isOver } from './turn.ts';

/** Asks what the composer holds of every picture. @returns false while something is missing */
export function askAll(context: Context): boolean {
  const { store } = context;
  const state = store.getState();
  // A region is a place of one picture only.
  const asked = { ...state, draft: { ...state.draft, regions: [] } };
  const batch = state.images.flatMap(({ id }) => {
    const task = taskAbout(asked, id);
    return task ? addTurn(context, id, task).id : [];
  });
  if (batch.length === 0) return false;
  const waiting = state.batch.filter((id) => state.turns[id] && !isOver(state.turns[id]));
  store.setState({
    batch: [...waiting, ...batch],
    draft: emptied(state.draft, []),
  });
  return true;
}

/** How far a prompt asked of all pictures is; null where there is none under way. */
export function batchProgress({ batch, turns }: AppState): { readonly done: number; readonly total: number } | null {
  const done = batch.filter((id) => {
    const turn = turns[id];
    return !turn || isOver(turn);
  }).length;
  return done < batch.length ? { done, total: batch.length } : null;
}
