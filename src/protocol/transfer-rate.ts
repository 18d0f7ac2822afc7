/** Seconds the rate looks back: long enough to be calm, short enough to follow the connection. */
const WINDOW_SECONDS = 15;

/** How fast something goes on, and when it will be done. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** Null while nothing is known yet. */
  readonly secondsLeft: number | null;
}

/** Measures the rate of a transfer over the last seconds. */
export class TransferRate {
  readonly #samples: { readonly seconds: number; readonly done: number }[] = [];

  /**
   * Takes note of the bytes done at a time.
   * @param done bytes of this try: what an earlier one had done took no time
   * @param left bytes still to do
   * @param seconds on any clock that goes forward
   */
  add(done: number, left: number, seconds: number): Pace {
    this.#samples.push({ seconds, done });
    while (this.#samples.length > 2 && (this.#samples[1] as { seconds: number }).seconds < seconds - WINDOW_SECONDS) {
      this.#samples.shift();
    }
    const [first = { seconds, done }] = this.#samples;
    const elapsed = seconds - first.seconds;
    if (elapsed <= 0 || done <= first.done) return { bytesPerSecond: 0, secondsLeft: null };
    const bytesPerSecond = (done - first.done) / elapsed;
    return { bytesPerSecond, secondsLeft: left / bytesPerSecond };
  }
}
