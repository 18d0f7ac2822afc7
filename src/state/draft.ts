import type { AppState, Draft } from './app-state.ts';
import { MODES, type Mode, type Task, wordsOf } from './turn.ts';

/** Modes in which there is something to write. */
export function takesWords(mode: Mode): boolean {
  return mode !== 'describe' && mode !== 'detail';
}

/** What the composer would ask now; null while words are missing. */
export function taskOf({ mode, words, regions }: Draft): Task | null {
  const written = words.trim();
  if (!takesWords(mode)) return { mode } as Task;
  if (written === '') return null;
  if (mode === 'ask') return { mode, words: written, regions };
  // A raw prompt goes to the model as it stands: its spaces may matter.
  return mode === 'expert' ? { mode, words } : ({ mode, words: written } as Task);
}

/** The draft with the words last asked, in their mode; null where nothing was ever written. */
export function lastDraft(state: AppState): Draft | null {
  for (const turn of Object.values(state.turns).reverse()) {
    const words = wordsOf(turn.task);
    const mode = MODES.find((one) => one === turn.task.mode);
    if (words !== '' && mode) return { mode, words, regions: turn.task.mode === 'ask' ? turn.task.regions : [] };
  }
  return null;
}
