import type { UnitBox } from '../kosmos2/box.ts';
import type { AppState } from './app-state.ts';
import { changeImage } from './change.ts';
import type { Context } from './context.ts';
import { correctingState } from './correcting.ts';
import { type Change, doChange, redo, undo } from './history.ts';
import { clearance, imageRemoval, turnDeletion } from './remove.ts';
import type { Runner } from './runner.ts';
import { sketchBox, takeSketch } from './sketch.ts';
import { isOver } from './turn.ts';

/** What a person can do with turns and pictures that are there, and take back. */
export interface TurnActions {
  /** Shows the boxes of one answer, those of the others step back; the same again shows all alike. */
  showTurn(turnId: string): void;
  deleteTurn(turnId: string): void;
  /** Removes an own picture and its conversation. */
  removeImage(imageId: string): void;
  /** Removes every own picture and every conversation. */
  clear(): void;
  /** Makes a correction of an answer (correct.ts), where there is something to change. */
  correct(make: (state: AppState) => Change | null): void;
  /** Puts an answer on the stage to be corrected there; null when that is done. */
  startCorrecting(turnId: string | null): void;
  /** The box a person draws for what the model missed, until it is named; null drops it and what is typed for it. */
  sketchBox(box: UnitBox | null): void;
  nameSketch(words: string): void;
  /** Makes the drawn box one of the answer; without words it is dropped. */
  takeSketch(): void;
  undo(): void;
  redo(): void;
  /** Takes the offer to undo away; Ctrl+Z still works. */
  dismissUndo(): void;
}

export function turnActions(context: Context, runner: Runner): TurnActions {
  const { store } = context;

  /** Stops what would be removed in the middle of its answer, then removes it. */
  function remove(turns: (state: AppState) => readonly string[], change: (state: AppState) => Change | null): void {
    for (const id of turns(store.getState())) {
      const turn = store.getState().turns[id];
      if (turn && !isOver(turn)) runner.stop(id);
    }
    correct(change);
    runner.wake();
  }

  function correct(make: (state: AppState) => Change | null): void {
    store.setState((state) => {
      const made = make(state);
      return made ? doChange(state, made) : {};
    });
  }

  /** Ends an answer whose turn is gone. */
  function settle(): void {
    const { running, turns } = store.getState();
    if (running !== null && !turns[running]) runner.stop(running);
    runner.wake();
  }

  /** The engine takes a picture again when it is next asked about. */
  function forget(imageId: string): void {
    for (const id of [...context.given].filter((given) => given === imageId || given.startsWith(`${imageId}#`))) {
      context.given.delete(id);
      // Where it fails the worker is gone, and the picture with it.
      void context.engine.dropImage(id).catch(() => {});
    }
  }

  return {
    showTurn: (turnId) =>
      store.setState((state) => {
        const turn = state.turns[turnId];
        const image = turn && state.images.find(({ id }) => id === turn.image);
        if (!image) return {};
        return { selected: null, ...changeImage(state, image.id, { focus: image.focus === turnId ? null : turnId }) };
      }),
    deleteTurn: (turnId) =>
      remove(
        () => [turnId],
        (state) => turnDeletion(state, turnId),
      ),
    removeImage(imageId) {
      remove(
        (state) => state.images.find(({ id }) => id === imageId)?.turns ?? [],
        (state) => imageRemoval(state, imageId),
      );
      if (!store.getState().images.some(({ id }) => id === imageId)) forget(imageId);
    },
    clear() {
      const own = store.getState().images.filter(({ kind }) => kind === 'own');
      remove((state) => Object.keys(state.turns), clearance);
      for (const { id } of own) forget(id);
    },
    correct,
    startCorrecting(turnId) {
      takeSketch(store);
      store.setState((state) => correctingState(state, turnId));
    },
    sketchBox: (box) => sketchBox(store, box),
    nameSketch: (words) => store.setState(({ correcting }) => ({ correcting: correcting && { ...correcting, words } })),
    takeSketch: () => takeSketch(store),
    undo() {
      // What is drawn and named is the newest of all.
      if (store.getState().correcting?.words.trim()) takeSketch(store);
      store.setState(undo);
      settle();
    },
    redo() {
      store.setState(redo);
      settle();
    },
    dismissUndo: () => store.setState(({ history }) => ({ history: { ...history, told: null } })),
  };
}
