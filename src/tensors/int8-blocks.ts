import { blockBytes, type QuantizedRows } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import { ROTATED } from './rotation.ts';

// Straight from the codes of quantized blocks to int8, without the float32 numbers between: opening a big model on WASM
// is mostly this, for 1.3 billion weights of the full one. A block is rotated as the whole numbers that its codes are, for
// all of it has one scale; and two numbers at once, one in the lower and one in the upper half of a word: sums and
// differences of words are those of their halves, as long as these fit.

/** Words of a block. */
const WORDS = ROTATED / 2;
/** Rows written together, a word of four codes at a time. */
const TOGETHER = 4;

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
 * Some columns of a panel, rotated, as int8 `[columns, panel]`; zeros for rows that there are none of.
 * @param top first row of the panel
 * @param first block of the columns, of `count`
 * @param scales takes the scale of each of the panel's rows: a number is its code times that
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
  const load = from.encoding === 'q4' ? loadFours : loadEights;
  const rows = Array.from({ length: TOGETHER }, () => new Int32Array(count * WORDS));
  // What one of a row's block is in steps of int8: `[count, TOGETHER]`.
  const steps = new Float64Array(count * TOGETHER);
  const quads = new Int32Array(out.buffer, out.byteOffset, out.length / TOGETHER);
  const panel = scales.length;
  for (let row = 0; row < panel && top + row < from.rows; row += TOGETHER) {
    steps.fill(0);
    for (const [i, words] of rows.entries()) {
      if (top + row + i >= from.rows) break;
      const start = (top + row + i) * perRow + first;
      load(from.codes, start * length, words);
      let peak = 0;
      for (let block = 0; block < count; block++) {
        const most = lastSteps(words, block * WORDS);
        peak = Math.max(peak, most * Math.abs(halfToFloat(from.scales[start + block] as number)));
      }
      const scale = scaleOf(peak);
      scales[row + i] = scale;
      for (let block = 0; block < count; block++) {
        steps[block * TOGETHER + i] = halfToFloat(from.scales[start + block] as number) / scale;
      }
    }
    for (let block = 0; block < count; block++) {
      writeBlock(rows, block, steps, quads, (block * ROTATED * panel + row) / TOGETHER, panel / TOGETHER);
    }
  }
}

// What follows is written out step by step: in functions of its own, it takes half as long again.

/** Codes of a row, from `start` on, through the first three steps of their blocks' rotation. */
function loadFours(codes: Uint8Array, start: number, words: Int32Array): void {
  for (let i = 0; i < words.length; i += 4) {
    const a = PAIRS[codes[start + i] as number] as number;
    const b = PAIRS[codes[start + i + 1] as number] as number;
    const c = PAIRS[codes[start + i + 2] as number] as number;
    const d = PAIRS[codes[start + i + 3] as number] as number;
    words[i] = (a + b + (c + d)) | 0;
    words[i + 1] = (a - b + (c - d)) | 0;
    words[i + 2] = (a + b - (c + d)) | 0;
    words[i + 3] = (a - b - (c - d)) | 0;
  }
}

/** The same for codes of 8 bits. */
function loadEights(codes: Uint8Array, start: number, words: Int32Array): void {
  for (let i = 0, at = start; i < words.length; i += 4, at += 8) {
    const a = pairOf((codes[at] as number) - 128, (codes[at + 1] as number) - 128);
    const b = pairOf((codes[at + 2] as number) - 128, (codes[at + 3] as number) - 128);
    const c = pairOf((codes[at + 4] as number) - 128, (codes[at + 5] as number) - 128);
    const d = pairOf((codes[at + 6] as number) - 128, (codes[at + 7] as number) - 128);
    words[i] = (a + b + (c + d)) | 0;
    words[i + 1] = (a - b + (c - d)) | 0;
    words[i + 2] = (a + b - (c + d)) | 0;
    words[i + 3] = (a - b - (c - d)) | 0;
  }
}

/** The last two steps, of the block from word `at` on. @returns the largest magnitude */
function lastSteps(words: Int32Array, at: number): number {
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

/** A block of four rows into `out`, `apart` words from one column to the next. @param rows whose words they are */
function writeBlock(
  rows: readonly Int32Array[],
  block: number,
  steps: Float64Array,
  out: Int32Array,
  to: number,
  apart: number,
): void {
  const [p, q, r, s] = rows as [Int32Array, Int32Array, Int32Array, Int32Array];
  const first = block * TOGETHER;
  const j = steps[first] as number;
  const k = steps[first + 1] as number;
  const l = steps[first + 2] as number;
  const m = steps[first + 3] as number;
  for (let i = block * WORDS; i < (block + 1) * WORDS; i++, to += 2 * apart) {
    const a = p[i] as number;
    const b = q[i] as number;
    const c = r[i] as number;
    const d = s[i] as number;
    out[to] =
      toInt8(lowerOf(a) * j) |
      (toInt8(lowerOf(b) * k) << 8) |
      (toInt8(lowerOf(c) * l) << 16) |
      (toInt8(lowerOf(d) * m) << 24);
    out[to + apart] =
      toInt8(upperOf(a) * j) |
      (toInt8(upperOf(b) * k) << 8) |
      (toInt8(upperOf(c) * l) << 16) |
      (toInt8(upperOf(d) * m) << 24);
  }
}

/** A number of -127..127 rounded to int8, as the byte that it is: never negative meanwhile, so cutting off the fraction rounds. */
function toInt8(value: number): number {
  return ((value + 128.5) | 0) ^ 128;
}

/** The lower half of a word, a number of its own. */
function lowerOf(word: number): number {
  return (word << 16) >> 16;
}

/** The upper half: what a negative lower one has taken from it is given back. */
function upperOf(word: number): number {
  return (word + 0x8000) >> 16;
}
