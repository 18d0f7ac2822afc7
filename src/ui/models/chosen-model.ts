const KEY = 'kosmos2-model';
/** Choice of the model that comes with the page. */
export const DEMO = 'demo';

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

/** @param address of a stored model, DEMO, or null to forget what was chosen */
export function chooseModel(address: string | null): void {
  try {
    if (address === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, address);
  } catch {
    // The next visit then begins with the demo model.
  }
}

/** Whether a person went back to the demo model, on a page that offers another one. */
export function choseDemo(): boolean {
  try {
    return localStorage.getItem(KEY) === DEMO;
  } catch {
    return false;
  }
}

/** Forgets a choice that is no longer there: a browser may clear what it stores. */
export function forgetGone(address: string): void {
  if (chosenModel() === address) chooseModel(null);
}
