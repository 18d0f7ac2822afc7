import { PAD_TOKEN_ID, type PositionType } from '../kosmos2/config.ts';
import { floatToHalf, halfToFloat } from '../tensors/float16.ts';

/** The first position of a sequence, as the reference counts. */
const FIRST_POSITION = PAD_TOKEN_ID + 1;

/**
 * KOSMOS-2's sinusoidal positions: the first half of a row is sin, the second cos, with frequencies
 * exp(-i * ln(10000) / (half - 1)) (transformers, Kosmos2TextSinusoidalPositionalEmbedding).
 */
export class SinusoidalPositions {
  readonly #frequencies: Float64Array;
  readonly #round: (value: number) => number;

  /**
   * @param width columns of a row, even
   * @param type in which the reference holds its table
   */
  constructor(width: number, type: PositionType) {
    this.#round = ROUND[type];
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
      row[i] = (row[i] as number) + this.#round(Math.sin(angle));
      row[half + i] = (row[half + i] as number) + this.#round(Math.cos(angle));
    }
  }
}

const ROUND: Readonly<Record<PositionType, (value: number) => number>> = {
  float32: Math.fround,
  float16: (value) => halfToFloat(floatToHalf(value)),
  bfloat16: roundToBfloat,
};

/** Nearest bfloat16, ties to even: the upper half of a float32's bits. */
function roundToBfloat(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  const exact = bits[0] as number;
  bits[0] = (exact + 0x7fff + ((exact >>> 16) & 1)) & 0xffff0000;
  return new Float32Array(bits.buffer)[0] as number;
}
