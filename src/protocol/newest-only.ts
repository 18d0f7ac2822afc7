interface Name {
  underWay: number;
  /** Number of the work that counts; what was begun before it does no more. */
  landed: number;
}

/**
 * Of several works for one name that are under way at once the one begun last counts, in whatever order they end: a large
 * picture takes longer to decode than a small one that is set after it. One that fails counts for nothing.
 */
export class NewestOnly {
  readonly #names = new Map<string, Name>();
  #last = 0;

  /** Does a work, and lands what comes of it unless one begun later has landed, or `name` was ended since. */
  async run<T>(name: string, work: () => Promise<T>, land: (result: T) => void): Promise<T> {
    const number = ++this.#last;
    const state = this.#names.get(name) ?? { underWay: 0, landed: 0 };
    this.#names.set(name, state);
    state.underWay += 1;
    try {
      const result = await work();
      if (number > state.landed) {
        land(result);
        state.landed = number;
      }
      return result;
    } finally {
      state.underWay -= 1;
      if (state.underWay === 0) this.#names.delete(name);
    }
  }

  /** What is under way for `name` counts no more. */
  end(name: string): void {
    const state = this.#names.get(name);
    if (state) state.landed = ++this.#last;
  }
}
