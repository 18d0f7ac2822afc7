/** What is kept in this browser under a key. */
export function keptWord(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage can be forbidden as a whole.
    return null;
  }
}

/** Keys of all that is kept. */
export function keptKeys(): readonly string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** @param word null to forget it */
export function keepWord(key: string, word: string | null): void {
  try {
    if (word === null) localStorage.removeItem(key);
    else localStorage.setItem(key, word);
  } catch {
    // The next visit then begins without it.
  }
}
