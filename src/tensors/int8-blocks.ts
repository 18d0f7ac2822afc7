import { blockBytes, type QuantizedRows } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import { ROTATED } from './rotation.ts';

// Straight from the codes of quantized blocks to int8, without the float32 numbers between: opening a big model on WASM
// is mostly this, for 1.3 billion weights of the full one. A block is rotated as the whole numbers that its codes are, for
// all of it has one scale; and two numbers at once, one in the lower and one in the upper half of a word: sums and
// differences of words are those of their halves, as long as these fit.

/** Rows of a matrix that lie side by side as int8 (why, see graph/int8-product.ts). */
export const PANEL = 32;
/** Words of a block. */
const WORDS = ROTATED / 2;

/** The first step of a rotation: sum and difference of two numbers as a word. */
function pairOf(first: number, second: number): number {
  return first + second + ((first - second) << 16);
}

/** The word of each byte of two 4-bit codes. */
const PAIRS = Int32Array.from({ length: 256 }, (_, byte) => pairOf((byte & 15) - 8, (byte >> 4) - 8));

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
  const length = blockBytes(from.encoding);
  const words = new Int32Array(count * WORDS);
  const load = from.encoding === 'q4' ? loadFours : loadEights;
  for (let row = 0; row < PANEL && top + row < from.rows; row++) {
    const start = (top + row) * perRow + first;
    load(from.codes, start * length, words);
    let peak = 0;
    for (let block = 0; block < count; block++) {
      const most = rotateBlock(words, block * WORDS);
      peak = Math.max(peak, most * Math.abs(halfToFloat(from.scales[start + block] as number)));
    }
    const scale = scaleOf(peak);
    scales[row] = scale;
    for (let block = 0; block < count; block++) {
      const step = halfToFloat(from.scales[start + block] as number) / scale;
      writeBlock(words, block * WORDS, step, out, block * ROTATED * PANEL + row);
    }
  }
}

function loadFours(codes: Uint8Array, start: number, words: Int32Array): void {
  for (let i = 0; i < words.length; i++) words[i] = PAIRS[codes[start + i] as number] as number;
}

function loadEights(codes: Uint8Array, start: number, words: Int32Array): void {
  for (let i = 0; i < words.length; i++) {
    words[i] = pairOf((codes[start + 2 * i] as number) - 128, (codes[start + 2 * i + 1] as number) - 128);
  }
}

/** The other steps of a block's rotation, from `at` on. @returns the largest magnitude */
function rotateBlock(words: Int32Array, at: number): number {
  for (let i = at; i < at + WORDS; i += 4) {
    const a = words[i] as number;
    const b = words[i + 1] as number;
    const c = words[i + 2] as number;
    const d = words[i + 3] as number;
    words[i] = (a + b + (c + d)) | 0;
    words[i + 1] = (a - b + (c - d)) | 0;
    words[i + 2] = (a + b - (c + d)) | 0;
    words[i + 3] = (a - b - (c - d)) | 0;
  }
  let most = 0;
  for (let i = at; i < at + 4; i++) {
    const a = words[i] as number;
    const b = words[i + 4] as number;
    const c = words[i + 8] as number;
    const d = words[i + 12] as number;
    const w = (a + b + (c + d)) | 0;
    const x = (a - b + (c - d)) | 0;
    const y = (a + b - (c + d)) | 0;
    const z = (a - b - (c - d)) | 0;
    words[i] = w;
    words[i + 4] = x;
    words[i + 8] = y;
    words[i + 12] = z;
    most = Math.max(most, Math.abs(lowerOf(w)), Math.abs(upperOf(w)), Math.abs(lowerOf(x)), Math.abs(upperOf(x)));
    most = Math.max(most, Math.abs(lowerOf(y)), Math.abs(upperOf(y)), Math.abs(lowerOf(z)), Math.abs(upperOf(z)));
  }
  return most;
}

/** A block's numbers, `step` times themselves, into `out`, a row of a panel apart from `to` on. */
function writeBlock(words: Int32Array, at: number, step: number, out: Int8Array, to: number): void {
  for (let i = at; i < at + WORDS; i++, to += 2 * PANEL) {
    const word = words[i] as number;
    // Never negative, so cutting off the fraction rounds.
    out[to] = ((lowerOf(word) * step + 128.5) | 0) - 128;
    out[to + PANEL] = ((upperOf(word) * step + 128.5) | 0) - 128;
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
