import type { DecodingOptions } from './decoding-options.ts';
import { LocationGrammar } from './location-grammar.ts';
import { NoRepeatNgram } from './no-repeat-ngram.ts';
import { patchOf, type SpecialTokens } from './special-tokens.ts';

/** Which tokens may come next: those allowed, in ascending order, or all but those banned where `allowed` is null. */
export interface Rule {
  readonly allowed: readonly number[] | null;
  readonly banned: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/** The rules on what may come next, in their order: no repeated n-gram, then well-formed locations. */
export class LogitsProcessor {
  readonly #ngrams: NoRepeatNgram;
  readonly #grammar: LocationGrammar | null;
  readonly #specials: SpecialTokens;

  /**
   * @param promptIds the whole sequence so far
   * @param contextTokens tokens at its beginning, `<s>` among them, that are examples or earlier turns: no n-gram of theirs
   * counts as there before, or an example's answer could never be given and no box named twice
   */
  constructor(
    promptIds: readonly number[],
    specials: SpecialTokens,
    options: Pick<DecodingOptions, 'noRepeatNgramSize' | 'grammar'>,
    contextTokens = 1,
  ) {
    this.#specials = specials;
    this.#ngrams = new NoRepeatNgram(options.noRepeatNgramSize);
    this.#grammar = options.grammar ? new LocationGrammar(specials) : null;
    for (const [at, id] of promptIds.entries()) {
      if (at === 0 || at >= contextTokens) this.#ngrams.advance(id);
      this.#grammar?.advance(id);
    }
  }

  /** Reads the token that was chosen. */
  advance(id: number): void {
    this.#ngrams.advance(id);
    this.#grammar?.advance(id);
  }

  /** Whether a token is a cell of the grid. */
  isLocation(id: number): boolean {
    return patchOf(id, this.#specials) !== null;
  }

  /**
   * What may come next. Where the two rules together would leave nothing (a third box in the same place, say), the grammar
   * wins.
   */
  rule(): Rule {
    const banned = this.#ngrams.banned();
    const allowed = this.#grammar?.allowed() ?? null;
    if (allowed === null) return { allowed, banned };
    const left = allowed.filter((id) => !banned.has(id));
    return { allowed: left.length > 0 ? left : allowed, banned: NONE };
  }

  /**
   * Sets the logits of forbidden tokens to -Infinity.
   * @param logits of the next token, `[vocabulary]`, changed in place
   */
  apply(logits: Float32Array): void {
    const { allowed, banned } = this.rule();
    for (const id of banned) logits[id] = Number.NEGATIVE_INFINITY;
    if (allowed === null) return;
    const kept = allowed.map((id) => logits[id] ?? Number.NEGATIVE_INFINITY);
    logits.fill(Number.NEGATIVE_INFINITY);
    for (const [i, id] of allowed.entries()) logits[id] = kept[i] ?? Number.NEGATIVE_INFINITY;
  }
}
