import type { LogitsProcessor } from '../kosmos2/logits-processor.ts';
import type { Choice, Sampler } from '../kosmos2/sampling.ts';
import { TokenProbabilities } from '../kosmos2/token-probabilities.ts';

/** A token, and what else it could have been. */
export interface ChosenToken extends Choice {
  /**
   * Probabilities after the rules; at least of the most probable tokens, and of all allowed locations where the token is one.
   * Null where they were not asked for and the token is no location.
   */
  readonly probabilities: TokenProbabilities | null;
}

/** Logits of the token that comes next, wherever they lie. They are gone with the decoder's next run. */
export interface NextLogits {
  /** Resolves once they are there: on a GPU a run returns before it has ended. */
  computed(): Promise<void>;
  /** All of them, `[vocabSize]`; the caller may change them. */
  all(): Promise<Float32Array>;
  /**
   * Applies the rules and chooses. Which token it is does not depend on where the logits lie; its probability does by less
   * than `TOTAL_ERROR`.
   * @param traced whether probabilities are wanted
   */
  choose(processor: LogitsProcessor, sampler: Sampler, traced: boolean): Promise<ChosenToken>;
  /** Whether what `choose` looks at is what there is. @param all what `all` gave */
  tellsRightly(all: Float32Array): Promise<boolean>;
}

/** Logits in an array of this program. */
export class HostLogits implements NextLogits {
  readonly #logits: Float32Array;

  /** @param logits `[vocabSize]` */
  constructor(logits: Float32Array) {
    this.#logits = logits;
  }

  async computed(): Promise<void> {}

  async all(): Promise<Float32Array> {
    return this.#logits;
  }

  async choose(processor: LogitsProcessor, sampler: Sampler, traced: boolean): Promise<ChosenToken> {
    processor.apply(this.#logits);
    const choice = sampler.choose(this.#logits);
    const wanted = traced || processor.isLocation(choice.id);
    return { ...choice, probabilities: wanted ? new TokenProbabilities(this.#logits) : null };
  }

  async tellsRightly(): Promise<boolean> {
    return true;
  }
}
