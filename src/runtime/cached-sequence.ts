import type { Decoder } from './decoder.ts';
import type { HiddenStates, Sequence } from './hidden-states.ts';
import type { NextLogits } from './next-logits.ts';
import { commonPrefix, type PositionKey, positionKeys } from './prefix.ts';
import { PrefixStore } from './prefix-store.ts';

/** Bytes for the prefixes of images that were left: at full size five in float16 (67 positions of 197 kB each), two in float32. */
const PREFIX_BUDGET = 68e6;

/**
 * The sequence whose keys and values are in the decoder's cache. A new one takes over as many positions as it begins
 * alike with: since the image comes first, a follow-up question costs only its own words.
 */
export class CachedSequence {
  readonly #decoder: Decoder;
  readonly #hidden: HiddenStates;
  readonly #prefixes = new PrefixStore(PREFIX_BUDGET);
  /** What stands at each position; those from `decoder.length` on were not run yet. */
  #keys: PositionKey[] = [];
  #ids: number[] = [];
  #images: Pick<Sequence, 'imageSpans' | 'images'> = { imageSpans: [], images: [] };

  constructor(decoder: Decoder, hidden: HiddenStates) {
    this.#decoder = decoder;
    this.#hidden = hidden;
  }

  /** Positions whose keys and values are in the cache. */
  get length(): number {
    return this.#decoder.length;
  }

  /** Most positions it can have. */
  get capacity(): number {
    return this.#decoder.capacity;
  }

  /** Most positions of one run. */
  get longestRun(): number {
    return this.#decoder.longestRun;
  }

  /** Whether all of `sequence` is in the cache, be it at the beginning of a longer one. */
  holds({ ids, imageSpans, images }: Sequence): boolean {
    const keys = positionKeys(ids, imageSpans, images);
    return commonPrefix(keys, this.#keys.slice(0, this.length)) === keys.length;
  }

  /**
   * Makes `sequence` the one to go on with and keeps what it shares with the one before.
   * @param unread the first position whose logits are wanted, which must be run for them; by default the last
   */
  begin({ ids, imageSpans, images }: Sequence, unread = ids.length - 1): void {
    const keys = positionKeys(ids, imageSpans, images);
    const shared = commonPrefix(keys, this.#keys.slice(0, this.length));
    this.#keepPrefix(shared);
    const stored = this.#prefixes.find(keys);
    if (stored && stored.length > shared) this.#decoder.restore(stored);
    this.#decoder.rewind(Math.min(Math.max(shared, stored?.length ?? 0), unread));
    this.#keys = keys;
    this.#ids = [...ids];
    this.#images = { imageSpans, images };
  }

  /** Before the cache loses the images of the sequence it holds: keeps a copy of them for when they come back. */
  #keepPrefix(shared: number): void {
    const last = this.#images.imageSpans.at(-1);
    // Up to the image's end tag; what follows is words.
    const length = last ? last.start + last.length + 1 : 0;
    if (shared >= length || this.length < length || !this.#prefixes.fits(this.#decoder.bytesOf(length))) return;
    const keys = this.#keys.slice(0, length);
    if (this.#prefixes.find(keys)?.length === length) return;
    this.#prefixes.add(keys, this.#decoder.copy(length));
  }

  /** Runs the sequence up to position `end`. @returns logits `[wanted, vocabSize]` of the last positions run */
  logitsUpTo(end: number, wanted = 1): Promise<Float32Array> {
    return this.#decoder.run(this.#hiddenUpTo(end), wanted);
  }

  /** Runs the sequence up to position `end`. @returns the logits of the token that comes there */
  prefill(end: number): Promise<NextLogits> {
    return this.#decoder.next(this.#hiddenUpTo(end));
  }

  /** Adds a token and runs it. @returns the logits of the token after it */
  append(id: number): Promise<NextLogits> {
    this.#ids.push(id);
    this.#keys.push(id);
    return this.prefill(this.#ids.length);
  }

  #hiddenUpTo(end: number): Float32Array {
    return this.#hidden.of({ ids: this.#ids, ...this.#images }, this.length, end);
  }

  /** Frees the prefixes; the decoder frees its cache. */
  dispose(): void {
    this.#prefixes.clear();
  }
}
