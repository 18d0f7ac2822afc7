import type { Decoder } from './decoder.ts';
import type { HiddenStates, Sequence } from './hidden-states.ts';
import { commonPrefix, positionKeys } from './prefix.ts';

/**
 * The sequence whose keys and values are in the decoder's cache. A new sequence takes over as many positions as it
 * begins alike with: since the image comes first, a follow-up question costs only its own words.
 */
export class CachedSequence {
  readonly #decoder: Decoder;
  readonly #hidden: HiddenStates;
  readonly #imageKey: (image: string) => string;
  #keys: (number | string)[] = [];

  constructor(decoder: Decoder, hidden: HiddenStates, imageKey: (image: string) => string) {
    this.#decoder = decoder;
    this.#hidden = hidden;
    this.#imageKey = imageKey;
  }

  get length(): number {
    return this.#keys.length;
  }

  /**
   * Keeps what `sequence` shares with the cached one, all but its last position at most: that one must be run to get its
   * logits.
   * @returns how many positions were kept
   */
  adopt(sequence: Sequence): number {
    const keys = positionKeys(sequence.ids, sequence.imageSpans, this.#imageKey);
    const kept = Math.min(commonPrefix(keys, this.#keys), keys.length - 1);
    this.#decoder.rewind(kept);
    this.#keys = this.#keys.slice(0, kept);
    return kept;
  }

  /** Runs `sequence` up to position `end`. @returns logits `[vocabSize]` of position `end - 1` */
  async extend(sequence: Sequence, end: number): Promise<Float32Array> {
    const start = this.length;
    const logits = await this.#decoder.run(this.#hidden.of(sequence, start, end));
    const keys = positionKeys(sequence.ids, sequence.imageSpans, this.#imageKey);
    this.#keys.push(...keys.slice(start, end));
    return logits;
  }
}
