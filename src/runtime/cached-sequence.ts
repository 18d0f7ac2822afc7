import type { Decoder } from './decoder.ts';
import type { HiddenStates, PicturedSequence } from './hidden-states.ts';
import type { NextLogits } from './next-logits.ts';
import { nextTask } from './next-task.ts';
import { commonPrefix, type PositionKey, positionKeys } from './prefix.ts';
import { PrefixStore, type StoredPrefix } from './prefix-store.ts';

/** Bytes for the prefixes of images that were left: at full size five in float16 (67 positions of 197 kB each), two in float32. */
const PREFIX_BUDGET = 68e6;

/**
 * The sequence whose keys and values are in the decoder's cache. A new one takes over as many positions as it begins
 * alike with: since the image comes first, a follow-up question costs only its own words.
 */
export class CachedSequence {
  readonly #decoder: Decoder;
  readonly #hidden: HiddenStates;
  readonly #prefixes: PrefixStore;
  /** What stands at each position; those from `decoder.length` on were not run yet. */
  #keys: PositionKey[] = [];
  #ids: number[] = [];
  #images: Pick<PicturedSequence, 'imageSpans' | 'images'> = { imageSpans: [], images: [] };

  /** @param budget most bytes of the prefixes that are kept besides the sequence's own */
  constructor(decoder: Decoder, hidden: HiddenStates, budget = PREFIX_BUDGET) {
    this.#prefixes = new PrefixStore(budget);
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

  /** Whether all of `sequence` is in the cache, be it at the beginning of a longer one. */
  holds({ ids, imageSpans, images }: PicturedSequence): boolean {
    const keys = positionKeys(ids, imageSpans, images);
    return commonPrefix(keys, this.#keys.slice(0, this.length)) === keys.length;
  }

  /**
   * Makes `sequence` the one to go on with and keeps what it shares with the one before.
   * @param unread the first position whose logits are wanted, which must be run for them; by default the last
   */
  begin({ ids, imageSpans, images }: PicturedSequence, unread = ids.length - 1): void {
    const keys = positionKeys(ids, imageSpans, images);
    const shared = commonPrefix(keys, this.#keys.slice(0, this.length));
    const left = this.#prefixToKeep(shared);
    const stored = this.#prefixes.find(keys);
    const rows = rowsEnd(imageSpans);
    if (stored && stored.length > shared) {
      this.#decoder.restore(stored);
      // All of its pictures are in the cache now, and copied again when they are left: its room is for others meanwhile.
      if (stored.length >= rows) this.#prefixes.release(stored);
    }
    this.#decoder.rewind(Math.min(Math.max(shared, stored?.length ?? 0), unread));
    // Added only after restoring: it may push `stored` out of the budget and free it.
    if (left) this.#prefixes.add(left);
    this.#keys = keys;
    this.#ids = [...ids];
    this.#images = { imageSpans, images };
  }

  /** Before the cache loses the images of the sequence it holds: a copy of them for when they come back. */
  #prefixToKeep(shared: number): StoredPrefix | null {
    const rows = rowsEnd(this.#images.imageSpans);
    // Up to the image's end tag, where that was run; what follows is words.
    const length = Math.min(rows + 1, this.length);
    if (rows === 0 || shared >= length || length < rows || !this.#prefixes.fits(this.#decoder.bytesOf(length)))
      return null;
    const keys = this.#keys.slice(0, length);
    if (this.#prefixes.find(keys)?.length === length) return null;
    return { keys, snapshot: this.#decoder.copy(length) };
  }

  /**
   * Runs the sequence towards position `end`: one run, so `length` says how far it came.
   * @returns logits `[vocabSize]` of the token behind the last position run
   */
  logitsUpTo(end: number): Promise<Float32Array> {
    return this.#decoder.run(this.#hiddenUpTo(this.#endOfRun(end)));
  }

  /** The same for whoever chooses a token. @returns its logits, wherever they lie */
  prefill(end: number): Promise<NextLogits> {
    return this.#decoder.next(this.#hiddenUpTo(this.#endOfRun(end)));
  }

  /**
   * Logits `[vocabSize]` of every token of `sequence` from position `start` on, each given all before it: a whole answer in
   * a few runs, since nothing is generated. Ends early after `signal` aborts, which is noticed between runs.
   * @param start at least 1
   */
  async *predictions(
    sequence: PicturedSequence,
    start: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<readonly [position: number, logits: Float32Array], void, void> {
    this.begin(sequence, start - 1);
    // Nobody asks what follows the last token, so that need not be run.
    const last = sequence.ids.length - 1;
    while (this.length < last) {
      await nextTask();
      if (signal?.aborted) return;
      const end = this.#endOfRun(last);
      const wanted = Math.min(end - this.length, Math.max(1, end - start + 1));
      const logits = await this.#decoder.run(this.#hiddenUpTo(end), wanted);
      const size = logits.length / wanted;
      for (let row = 0; row < wanted; row++) {
        const position = end - wanted + 1 + row;
        if (position >= start) yield [position, logits.subarray(row * size, (row + 1) * size)];
      }
    }
  }

  /** Adds a token and runs it. @returns the logits of the token after it */
  append(id: number): Promise<NextLogits> {
    this.#ids.push(id);
    this.#keys.push(id);
    return this.prefill(this.#ids.length);
  }

  #endOfRun(end: number): number {
    return Math.min(this.length + this.#decoder.longestRun, end);
  }

  #hiddenUpTo(end: number): Float32Array {
    return this.#hidden.of({ ids: this.#ids, ...this.#images }, this.length, end);
  }

  /** Frees the prefixes; the decoder frees its cache. */
  dispose(): void {
    this.#prefixes.clear();
  }
}

/** The position behind the last row of an image. */
function rowsEnd(spans: PicturedSequence['imageSpans']): number {
  const last = spans.at(-1);
  return last ? last.start + last.length : 0;
}
