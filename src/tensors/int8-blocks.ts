import { blockBytes, type QuantizedRows } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import { ROTATED, rotate } from './rotation.ts';

// Straight from the codes of quantized blocks to int8, without the float32 numbers between: opening a big model on WASM
// is mostly this, for 1.3 billion weights of the full one. A block is rotated as the whole numbers that its codes are, for
// all of it has one scale; and two rows at once, one in the lower and one in the upper half of a word: sums and
// differences of words are those of their halves, as long as these fit.

/** Rows of a matrix that lie side by side as int8 (why, see graph/int8-product.ts). */
export const PANEL = 32;
const PAIRS = PANEL / 2;

/** The word of two rows whose codes stand for 0. */
const ZERO = { q4: 8 * 0x10001, q8: 128 * 0x10001 } as const;

/** The scale of a row whose largest number is `peak`. */
export function scaleOf(peak: number): number {
  return Math.fround(peak / 127) || 1;
}

/**
 * Some columns of a panel, rotated, as int8 `[columns, PANEL]`; rows that there are none of stay as they are.
 * @param top first row of the panel
 * @param first block of the columns, of `count`
 * @param scales takes the scale of each row: a number is its code times that
 */
export function turnBlocks(
  from: QuantizedRows,
  top: number,
  first: number,
  count: number,
  scales: Float32Array,
  out: Int8Array,
): void {
  const perRow = from.columns / ROTATED;
  const words = new Int32Array(count * ROTATED);
  for (let pair = 0; pair < PAIRS && top + 2 * pair < from.rows; pair++) {
    const row = top + 2 * pair;
    const isPair = row + 1 < from.rows;
    const lower = row * perRow + first;
    // Where there is no second row, the first once more, of which nothing is kept.
    const upper = isPair ? lower + perRow : lower;
    loadPair(from, lower, upper, words);
    for (let at = 0; at < words.length; at += ROTATED) rotate(words, at);
    const lowerSteps = from.scales.subarray(lower, lower + count);
    const upperSteps = from.scales.subarray(upper, upper + count);
    const [lowerScale, upperScale] = scalesOf(words, lowerSteps, upperSteps);
    scales[2 * pair] = lowerScale;
    if (isPair) scales[2 * pair + 1] = upperScale;
    writePair(words, lowerSteps, upperSteps, lowerScale, isPair ? upperScale : Number.POSITIVE_INFINITY, out, 2 * pair);
  }
}

/** Codes of two rows, from a block of each on, into words. */
function loadPair({ encoding, codes }: QuantizedRows, lower: number, upper: number, words: Int32Array): void {
  const length = blockBytes(encoding);
  const zero = ZERO[encoding];
  let a = lower * length;
  let b = upper * length;
  if (encoding === 'q8') {
    for (let i = 0; i < words.length; i++) words[i] = (codes[a++] as number) + ((codes[b++] as number) << 16) - zero;
    return;
  }
  for (let i = 0; i < words.length; i += 2) {
    const p = codes[a++] as number;
    const q = codes[b++] as number;
    words[i] = (p & 15) + ((q & 15) << 16) - zero;
    words[i + 1] = (p >> 4) + ((q >> 4) << 16) - zero;
  }
}

/** The lower half of a word, a number of its own. */
function lowerOf(word: number): number {
  return (word << 16) >> 16;
}

/** The upper half: what a negative lower one has taken from it is given back. */
function upperOf(word: number): number {
  return (word + 0x8000) >> 16;
}

/** The scales of both rows. @param lowerSteps float16, of each block of the lower one; `upperSteps` likewise */
function scalesOf(words: Int32Array, lowerSteps: Uint16Array, upperSteps: Uint16Array): [lower: number, upper: number] {
  let lower = 0;
  let upper = 0;
  for (let block = 0; block < lowerSteps.length; block++) {
    let mostLower = 0;
    let mostUpper = 0;
    for (let i = block * ROTATED; i < (block + 1) * ROTATED; i++) {
      const word = words[i] as number;
      mostLower = Math.max(mostLower, Math.abs(lowerOf(word)));
      mostUpper = Math.max(mostUpper, Math.abs(upperOf(word)));
    }
    lower = Math.max(lower, mostLower * Math.abs(halfToFloat(lowerSteps[block] as number)));
    upper = Math.max(upper, mostUpper * Math.abs(halfToFloat(upperSteps[block] as number)));
  }
  return [scaleOf(lower), scaleOf(upper)];
}

/** The codes of both rows into columns `row` and the one behind it of `out`. */
function writePair(
  words: Int32Array,
  lowerSteps: Uint16Array,
  upperSteps: Uint16Array,
  lowerScale: number,
  upperScale: number,
  out: Int8Array,
  row: number,
): void {
  for (let block = 0; block < lowerSteps.length; block++) {
    const lowerStep = halfToFloat(lowerSteps[block] as number) / lowerScale;
    const upperStep = halfToFloat(upperSteps[block] as number) / upperScale;
    const end = (block + 1) * ROTATED;
    for (let i = block * ROTATED, to = i * PANEL + row; i < end; i++, to += PANEL) {
      const word = words[i] as number;
      // Never negative, so cutting off the fraction rounds.
      out[to] = ((lowerOf(word) * lowerStep + 128.5) | 0) - 128;
      out[to + 1] = ((upperOf(word) * upperStep + 128.5) | 0) - 128;
    }
  }
}
