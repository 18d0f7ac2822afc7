/** Few quantized weights are longer, and what they need is not to be kept while a model opens, which is when memory is short. */
const MOST_KEPT = 2 ** 24;

/**
 * Memory that is written to again and again. A fresh array has to be cleared and its pages handed out by the system, which
 * takes as long as reading a stored weight into it, and hundreds of them are garbage.
 */
export class Scratch {
  #bytes = new Uint8Array(0);

  /** `length` bytes with anything in them, good until it is asked for the next. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length > MOST_KEPT) return new Uint8Array(length);
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return this.#bytes.subarray(0, length);
  }
}
