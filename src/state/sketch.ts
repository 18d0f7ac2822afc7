import type { StoreApi } from 'zustand/vanilla';
import type { UnitBox } from '../kosmos2/box.ts';
import type { AppState } from './app-state.ts';
import { boxAddition } from './correct.ts';
import { doChange } from './history.ts';

/** Keeps the box a person draws for what the model missed, until it is named; null drops it and what is typed for it. */
export function sketchBox(store: StoreApi<AppState>, fresh: UnitBox | null): void {
  store.setState(({ correcting, selected }) => ({
    correcting: correcting && { ...correcting, fresh, words: fresh ? correcting.words : '' },
    selected: fresh ? null : selected,
  }));
}

/** Makes the drawn box one of the answer, whatever ends the drawing; without words it is dropped. */
export function takeSketch(store: StoreApi<AppState>): void {
  const { turn, fresh, words } = store.getState().correcting ?? {};
  if (turn === undefined || !fresh) return;
  store.setState((state) => {
    const made = boxAddition(state, turn, words ?? '', fresh);
    return made ? doChange(state, made) : {};
  });
  sketchBox(store, null);
}
