/**
 * Of several works for one name that are under way at once the one begun last counts, in whatever order they end: a large
 * picture takes longer to decode than a small one that is set after it.
 */
export class NewestOnly {
  readonly #tickets = new Map<string, symbol>();

  /** @returns whether nothing was begun or ended for `name` since */
  begin(name: string): () => boolean {
    const ticket = Symbol(name);
    this.#tickets.set(name, ticket);
    return () => this.#tickets.get(name) === ticket;
  }

  /** What is under way for `name` counts no more. */
  end(name: string): void {
    this.#tickets.delete(name);
  }
}
