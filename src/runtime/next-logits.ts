import type { LogitsProcessor } from '../kosmos2/logits-processor.ts';
import type { Choice, Sampler } from '../kosmos2/sampling.ts';

/** Logits of the token that comes next, wherever they lie. They are gone with the decoder's next run. */
export interface NextLogits {
  /** Resolves once they are there: on a GPU a run returns before it has ended. */
  computed(): Promise<void>;
  /** All of them, `[vocabSize]`; the caller may change them. */
  all(): Promise<Float32Array>;
  /**
   * Applies the rules and chooses. Which token it is does not depend on where the logits lie; its probability does by less
   * than `TOTAL_ERROR`.
   */
  choose(processor: LogitsProcessor, sampler: Sampler): Promise<Choice>;
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

  async choose(processor: LogitsProcessor, sampler: Sampler): Promise<Choice> {
    processor.apply(this.#logits);
    return sampler.choose(this.#logits);
  }

  async tellsRightly(): Promise<boolean> {
    return true;
  }
}
