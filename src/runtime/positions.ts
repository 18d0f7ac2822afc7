/** The first position of a sequence: the reference counts from padding_idx + 1. */
const FIRST_POSITION = 2;

/**
 * KOSMOS-2's sinusoidal positions: the first half of a row is sin, the second cos, with frequencies
 * exp(-i * ln(10000) / (half - 1)) (transformers, Kosmos2TextSinusoidalPositionalEmbedding).
 */
export class SinusoidalPositions {
  readonly #frequencies: Float64Array;

  /** @param width columns of a row, even */
  constructor(width: number) {
    const half = width / 2;
    const step = Math.fround(-Math.log(10000) / (half - 1));
    // Rounded where the reference's float32 tensors round, so that angles agree at any position.
    this.#frequencies = Float64Array.from({ length: half }, (_, i) => Math.fround(Math.exp(Math.fround(step * i))));
  }

  /** Adds the row of sequence index `index` (from 0) to `row`, in place. */
  addTo(row: Float32Array, index: number): void {
    const half = this.#frequencies.length;
    const position = index + FIRST_POSITION;
    for (let i = 0; i < half; i++) {
      const angle = Math.fround(position * (this.#frequencies[i] as number));
      row[i] = (row[i] as number) + Math.sin(angle);
      row[half + i] = (row[half + i] as number) + Math.cos(angle);
    }
  }
}
