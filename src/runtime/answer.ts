import { AnswerParser } from '../kosmos2/answer-parser.ts';
import { cornerPlace, type Place } from '../kosmos2/corner-place.ts';
import type { DecodingOptions } from '../kosmos2/decoding-options.ts';
import { LogitsProcessor } from '../kosmos2/logits-processor.ts';
import { Sampler } from '../kosmos2/sampling.ts';
import type { TextCodec } from '../kosmos2/sequence.ts';
import { patchOf, type SpecialTokens } from '../kosmos2/special-tokens.ts';
import type { FinishReason, GenerationResult, Timings } from '../protocol/generation.ts';
import type { ChosenToken, NextLogits } from './next-logits.ts';

/** An answer as it grows: from logits to tokens, text and boxes, whatever computes the logits. */
export class Answer {
  readonly ids: number[] = [];
  readonly parser: AnswerParser;
  readonly #processor: LogitsProcessor;
  readonly #sampler: Sampler;
  readonly #specials: SpecialTokens;
  readonly #mostTokens: number;
  readonly #gridBoxes: boolean;
  #finish: FinishReason | null = null;

  /**
   * @param prompt ids of the whole sequence so far
   * @param contextTokens tokens at its beginning that the answer's text leaves out, and the rule against repeating
   */
  constructor(
    prompt: readonly number[],
    contextTokens: number,
    options: DecodingOptions,
    codec: TextCodec,
    specials: SpecialTokens,
  ) {
    this.parser = new AnswerParser(specials, codec);
    for (const id of prompt.slice(contextTokens)) this.parser.pushPrompt(id);
    this.#processor = new LogitsProcessor(prompt, specials, options, contextTokens);
    this.#sampler = new Sampler(options);
    this.#specials = specials;
    this.#mostTokens = options.maxNewTokens;
    this.#gridBoxes = options.gridBoxes;
  }

  /** Why it has ended; null while it goes on. */
  get finish(): FinishReason | null {
    return this.#finish;
  }

  /**
   * Chooses the next token.
   * @param room positions left in the cache for this token and those after it
   * @param traced whether its probabilities are wanted
   */
  async take(next: NextLogits, room: number, traced: boolean): Promise<ChosenToken> {
    const chosen = await next.choose(this.#processor, this.#sampler, traced);
    const { id, probability } = chosen;
    this.ids.push(id);
    this.#processor.advance(id);
    this.parser.push(id, probability, this.#placeOf(chosen));
    if (id === this.#specials.eos) this.#finish = 'eos';
    else if (this.ids.length >= this.#mostTokens) this.#finish = 'length';
    else if (room <= 0) this.#finish = 'capacity';
    return chosen;
  }

  /** Where the corner is that a location stands for; null for other tokens, and where boxes are to lie on the grid. */
  #placeOf({ id, probabilities }: ChosenToken): Place | null {
    const cell = patchOf(id, this.#specials);
    if (this.#gridBoxes || probabilities === null || cell === null) return null;
    return cornerPlace(probabilities.locations(this.#specials.firstPatch), cell);
  }

  /** All of it; `cancelled` where it has not ended. */
  result(measured: Omit<Timings, 'newTokens' | 'tokensPerSecond'>): GenerationResult {
    const { ids, parser } = this;
    const { decode } = measured;
    const tokensPerSecond = ids.length > 1 && decode > 0 ? ((ids.length - 1) * 1000) / decode : 0;
    return {
      ids,
      text: parser.text(),
      answer: parser.answer(),
      grounded: parser.snapshot(),
      finish: this.#finish ?? 'cancelled',
      timings: { ...measured, newTokens: ids.length, tokensPerSecond },
    };
  }
}
