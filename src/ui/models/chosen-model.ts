import type { App } from '../../state/store.ts';

const KEY = 'kosmos2-model';

/** Address of the stored model that was used last in this browser; null for the demo model. */
export function chosenModel(): string | null {
  try {
    const address = localStorage.getItem(KEY);
    return address?.startsWith('stored:') ? address : null;
  } catch {
    // Storage can be forbidden as a whole.
    return null;
  }
}

export function chooseModel(address: string | null): void {
  try {
    if (address === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, address);
  } catch {
    // The next visit then begins with the demo model.
  }
}

/** Forgets the choice where the demo model is opened instead of it: a browser may clear what it stores. */
export function forgetWhereGone({ store }: Pick<App, 'store'>): void {
  store.subscribe(({ demo }, before) => {
    if (demo && !before.demo) chooseModel(null);
  });
}
