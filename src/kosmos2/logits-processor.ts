import type { DecodingOptions } from './decoding-options.ts';
import { LocationGrammar } from './location-grammar.ts';
import { NoRepeatNgram } from './no-repeat-ngram.ts';
import type { SpecialTokens } from './special-tokens.ts';

/** The rules on what may come next, in their order: no repeated n-gram, then well-formed locations. */
export class LogitsProcessor {
  readonly #ngrams: NoRepeatNgram;
  readonly #grammar: LocationGrammar | null;

  /** @param promptIds the whole prompt, which both rules take into account */
  constructor(
    promptIds: readonly number[],
    specials: SpecialTokens,
    options: Pick<DecodingOptions, 'noRepeatNgramSize' | 'grammar'>,
  ) {
    this.#ngrams = new NoRepeatNgram(options.noRepeatNgramSize);
    this.#grammar = options.grammar ? new LocationGrammar(specials) : null;
    for (const id of promptIds) this.advance(id);
  }

  /** Reads the token that was chosen. */
  advance(id: number): void {
    this.#ngrams.advance(id);
    this.#grammar?.advance(id);
  }

  /**
   * Sets the logits of forbidden tokens to -Infinity. Where the two rules together would leave nothing (a third box in
   * the same place, say), the grammar wins.
   * @param logits of the next token, `[vocabulary]`, changed in place
   */
  apply(logits: Float32Array): void {
    const banned = this.#ngrams.banned();
    const allowed = this.#grammar?.allowed() ?? null;
    if (allowed === null || allowed.some((id) => !banned.has(id))) {
      for (const id of banned) logits[id] = Number.NEGATIVE_INFINITY;
    }
    this.#grammar?.mask(logits);
  }
}
