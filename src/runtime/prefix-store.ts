import type { KvSnapshot } from './kv-cache.ts';
import { commonPrefix, type PositionKey } from './prefix.ts';

/** Keys and values of the positions that `keys` stand at. */
export interface StoredPrefix {
  readonly keys: readonly PositionKey[];
  readonly snapshot: KvSnapshot;
}

/**
 * Keys and values of prefixes that were left for another image, so that going back costs nothing. The least recently used
 * go first once they weigh more than the budget.
 */
export class PrefixStore {
  readonly #budget: number;
  /** From the least to the most recently used. */
  #prefixes: StoredPrefix[] = [];

  /** @param budget most bytes of all snapshots together */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** The stored prefix that `keys` begins with, the longest one; null where there is none. */
  find(keys: readonly PositionKey[]): KvSnapshot | null {
    const fitting = this.#prefixes.filter(
      (stored) => stored.snapshot.isThere && commonPrefix(stored.keys, keys) === stored.keys.length,
    );
    const best = fitting.sort((a, b) => b.keys.length - a.keys.length)[0];
    if (!best) return null;
    this.#prefixes = [...this.#prefixes.filter((stored) => stored !== best), best];
    return best.snapshot;
  }

  /** Whether so many bytes may be kept, be it in place of all others. */
  fits(bytes: number): boolean {
    return bytes <= this.#budget;
  }

  /** Keeps a prefix as the most recently used one. */
  add(prefix: StoredPrefix): void {
    this.#prefixes.push(prefix);
    let bytes = this.#prefixes.reduce((sum, stored) => sum + stored.snapshot.bytes, 0);
    while (bytes > this.#budget) {
      const oldest = this.#prefixes.shift();
      if (!oldest) return;
      bytes -= oldest.snapshot.bytes;
      oldest.snapshot.release();
    }
  }

  /** Keeps it no longer. */
  release(snapshot: KvSnapshot): void {
    this.#prefixes = this.#prefixes.filter((stored) => stored.snapshot !== snapshot);
    snapshot.release();
  }

  clear(): void {
    for (const { snapshot } of this.#prefixes) snapshot.release();
    this.#prefixes = [];
  }
}
