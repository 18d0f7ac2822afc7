import type { App } from '../../state/store.ts';
import { chosenModel, keepWord, keptWord } from './chosen-model.ts';

/** Of the note, and of the Web Lock that a window has for as long as it is true. */
const KEY = 'kosmos2-opening';

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
    void navigator.locks?.request(KEY, { mode: 'shared' }, () => {
      if (noted !== opening) return;
      keepWord(KEY, opening);
      return new Promise<void>((resolve) => {
        over = resolve;
      });
    });
  };
  store.subscribe(reflect);
  document.addEventListener('visibilitychange', reflect);
}

/** The chosen model, where a tab ended while it was opening and no other window opens one just now; otherwise null. */
export async function diedOpening(): Promise<string | null> {
  const address = keptWord(KEY);
  if (address === null || address !== chosenModel()) return null;
  const locks = await navigator.locks?.query();
  return locks?.held?.some(({ name }) => name === KEY) ? null : address;
}
