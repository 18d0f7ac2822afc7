import type { AppState } from './app-state.ts';

const CORRECTIONS = ['rename', 'move-box', 'add-box', 'delete-box', 'revert-answer'] as const;

/** What was done, for the words that offer to take it back. */
export type ChangeKind =
  | 'delete-turn'
  | 'replace-turn'
  | 'remove-image'
  | 'remove-region'
  | 'clear'
  | (typeof CORRECTIONS)[number];

/** Whether it put right what an answer says, and nothing came or went by it. */
export function isCorrection(kind: ChangeKind): boolean {
  return CORRECTIONS.some((one) => one === kind);
}

/**
 * Something a person did that can be taken back. Both directions act on the state as it is then, so that answers which
 * came in between stay.
 */
export interface Change {
  readonly kind: ChangeKind;
  /** Object URLs only this change still needs; freed when it is forgotten. */
  readonly urls: readonly string[];
  /** Changes of one gesture, as of a drag, are taken back together. */
  readonly gesture?: string;
  apply(state: AppState): Partial<AppState>;
  revert(state: AppState): Partial<AppState>;
}

export interface History {
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
  /** What is told beside the conversation, until it is dismissed or the next question is asked. */
  readonly told: { readonly kind: ChangeKind; readonly undone: boolean } | null;
}

export const EMPTY_HISTORY: History = { done: [], undone: [], told: null };

/** Nobody takes back more steps than this; removed pictures stay in memory until then. */
const MOST_STEPS = 50;

/** Does a change and remembers it. */
export function doChange(state: AppState, change: Change): Partial<AppState> {
  const before = state.history.done.at(-1);
  const together = before !== undefined && change.gesture !== undefined && before.gesture === change.gesture;
  const done = together
    ? state.history.done.with(-1, { ...change, revert: (now) => before.revert(now) })
    : [...state.history.done, change];
  for (const forgotten of done.splice(0, done.length - MOST_STEPS)) {
    for (const url of forgotten.urls) URL.revokeObjectURL(url);
  }
  return { ...change.apply(state), history: { done, undone: [], told: { kind: change.kind, undone: false } } };
}

/** Takes the last change back; nothing where there is none. */
export function undo(state: AppState): Partial<AppState> {
  const { done, undone } = state.history;
  const change = done.at(-1);
  if (!change) return {};
  const told = { kind: change.kind, undone: true };
  return { ...change.revert(state), history: { done: done.slice(0, -1), undone: [...undone, change], told } };
}

/** Nothing can be done again once something new was done: it would take that along, and undo not bring it back. */
export function withoutRedo({ done, told }: History): History {
  return { done, undone: [], told: told?.undone ? null : told };
}

/** Does again what was taken back last. */
export function redo(state: AppState): Partial<AppState> {
  const { done, undone } = state.history;
  const change = undone.at(-1);
  if (!change) return {};
  const told = { kind: change.kind, undone: false };
  return { ...change.apply(state), history: { done: [...done, change], undone: undone.slice(0, -1), told } };
}
