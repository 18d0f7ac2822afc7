/**
 * No sequence of `size` tokens comes twice among those it reads: NoRepeatNGramLogitsProcessor of transformers. Every
 * token costs one map entry, instead of a scan over the whole history.
 */
export class NoRepeatNgram {
  readonly #size: number;
  /** The last `size - 1` tokens. */
  readonly #tail: number[] = [];
  /** Tokens that followed each sequence of `size - 1` tokens. */
  readonly #followers = new Map<string, Set<number>>();

  /** @param size tokens in an n-gram; 0 is off */
  constructor(size: number) {
    this.#size = size;
  }

  /** Reads the next token of the sequence, from prompt or model. */
  advance(id: number): void {
    if (this.#size === 0) return;
    if (this.#tail.length === this.#size - 1) {
      const key = this.#tail.join(' ');
      const followers = this.#followers.get(key);
      if (followers) followers.add(id);
      else this.#followers.set(key, new Set([id]));
    }
    this.#tail.push(id);
    if (this.#tail.length > this.#size - 1) this.#tail.shift();
  }

  /** Tokens that would complete an n-gram that was there before. */
  banned(): ReadonlySet<number> {
    return this.#followers.get(this.#tail.join(' ')) ?? NONE;
  }
}

const NONE: ReadonlySet<number> = new Set();
