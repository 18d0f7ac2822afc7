import type { App } from '../../state/store.ts';
import { keepWord, keptKeys, keptWord } from '../common/kept-word.ts';
import { chosenModel } from './chosen-model.ts';

/** How the keys of all windows begin. */
const PREFIX = 'kosmos2-opening';
/** Of this window's note, and of the Web Lock that it has for as long as the note is true. */
const KEY = `${PREFIX}-${Math.random().toString(36).slice(2)}`;

/**
 * Notes which model is being opened, for as long as that is looked at: a tab that ends meanwhile for lack of memory leaves
 * the note behind, one that is loaded again or put aside does not.
 */
export function noteOpening({ store }: App): void {
  let noted: string | null = null;
  let over = () => {};
  const reflect = () => {
    const { engine, using } = store.getState();
    const opening = engine.phase === 'loading' && document.visibilityState === 'visible' ? using : null;
    if (opening === noted) return;
    noted = opening;
    over();
    keepWord(KEY, null);
    if (opening === null) return;
    const note = () => {
      if (noted !== opening) return;
      keepWord(KEY, opening);
      return new Promise<void>((resolve) => {
        over = resolve;
      });
    };
    // A browser that refuses locks keeps no words either.
    navigator.locks?.request(KEY, note).catch(() => undefined);
  };
  store.subscribe(reflect);
  document.addEventListener('visibilitychange', reflect);
}

/** The chosen model, where a tab ended while it was opening; otherwise null. Notes of ended tabs are told once. */
export async function diedOpening(): Promise<string | null> {
  const keys = keptKeys().filter((key) => key.startsWith(PREFIX));
  if (keys.length === 0) return null;
  const held = (await navigator.locks?.query())?.held ?? [];
  const left = keys.filter((key) => !held.some(({ name }) => name === key));
  const opened = left.map(keptWord);
  for (const key of left) keepWord(key, null);
  const chosen = chosenModel();
  return opened.includes(chosen) ? chosen : null;
}
