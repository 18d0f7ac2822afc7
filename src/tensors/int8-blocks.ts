import { blockBytes, type QuantizedRows } from './dequantize.ts';
import { halfToFloat } from './float16.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

// Straight from the codes of quantized blocks to int8, without the float32 numbers between: opening a big model on WASM
// is mostly this, for 1.3 billion weights of the full one.

/** Rows of a matrix that lie side by side as int8 (why, see graph/int8-product.ts). */
export const PANEL = 32;
/** Words of four rows in a panel. */
const WORDS = PANEL / 4;
/** Blocks turned at a time: one line of the cache of 4-bit codes. */
const STRIPE = 4;

/** How far the codes in each byte are from the zero point at most; from that of byte 0, as far as can be. */
const DISTANCES = {
  q4: Uint8Array.from({ length: 256 }, (_, pair) => Math.max(Math.abs((pair & 15) - 8), Math.abs((pair >> 4) - 8))),
  q8: Uint8Array.from({ length: 256 }, (_, code) => Math.abs(code - 128)),
} as const;

/** Four rows of a panel in each word, `[STRIPE * 32 columns, WORDS]`, and the same as bytes. */
const words = new Int32Array(STRIPE * QUANTIZATION_BLOCK * WORDS);
const bytes = new Int8Array(words.buffer);
/** What each 4-bit code of four rows becomes, at its place in a word. */
const becomes = new Int32Array(4 * 16);
/** For each of four rows: where its block of codes begins, and how many int8 steps one of a code is. */
const starts = new Int32Array(4);
const steps = new Float64Array(4);

/** The largest magnitude in blocks `first` to `end` of a row. */
export function blocksPeak(
  { encoding, columns, codes, scales }: QuantizedRows,
  row: number,
  first: number,
  end: number,
): number {
  const length = blockBytes(encoding);
  const distances = DISTANCES[encoding];
  const most = distances[0] as number;
  const start = (row * columns) / QUANTIZATION_BLOCK;
  let largest = 0;
  for (let block = start + first; block < start + end; block++) {
    const step = Math.abs(halfToFloat(scales[block] as number));
    // Most blocks cannot be larger, whatever their codes.
    if (step * most <= largest) continue;
    let distance = 0;
    for (let i = block * length; i < (block + 1) * length && distance < most; i++) {
      distance = Math.max(distance, distances[codes[i] as number] as number);
    }
    largest = Math.max(largest, step * distance);
  }
  return largest;
}

/**
 * Writes blocks `first` to `end` of a panel's rows as int8 `[columns, PANEL]` into `out` from `place` on; zeros for rows that
 * there are none of.
 * @param top first row of the panel
 * @param scales of all rows, `[rows]`: a number is its int8 code times the scale of its row
 */
export function turnPanel(
  from: QuantizedRows,
  top: number,
  first: number,
  end: number,
  scales: Float32Array,
  out: Int8Array,
  place: number,
): void {
  const turn = from.encoding === 'q4' ? turnFours : turnEights;
  const perRow = from.columns / QUANTIZATION_BLOCK;
  const length = blockBytes(from.encoding);
  for (let start = first; start < end; start += STRIPE) {
    const stripe = Math.min(STRIPE, end - start);
    for (let word = 0; word < PANEL; word += 4) {
      for (let block = 0; block < stripe; block++) {
        for (let i = 0; i < 4; i++) {
          const row = top + word + i;
          const at = row * perRow + start + block;
          starts[i] = row < from.rows ? at * length : 0;
          steps[i] = row < from.rows ? halfToFloat(from.scales[at] as number) / (scales[row] as number) : 0;
        }
        turn(from.codes, block * QUANTIZATION_BLOCK * WORDS + (word >> 2));
      }
    }
    out.set(
      bytes.subarray(0, stripe * QUANTIZATION_BLOCK * PANEL),
      place + (start - first) * QUANTIZATION_BLOCK * PANEL,
    );
  }
}

/** A block of 4-bit codes of four rows into words that lie a column apart, from `to` on. */
function turnFours(codes: Uint8Array, to: number): void {
  for (let row = 0; row < 4; row++) {
    const step = steps[row] as number;
    for (let code = 0; code < 16; code++) becomes[16 * row + code] = toInt8((code - 8) * step) << (8 * row);
  }
  const a = starts[0] as number;
  const b = starts[1] as number;
  const c = starts[2] as number;
  const d = starts[3] as number;
  for (let i = 0, at = to; i < QUANTIZATION_BLOCK / 2; i++, at += 2 * WORDS) {
    const p = codes[a + i] as number;
    const q = codes[b + i] as number;
    const r = codes[c + i] as number;
    const s = codes[d + i] as number;
    words[at] =
      (becomes[p & 15] as number) |
      (becomes[16 + (q & 15)] as number) |
      (becomes[32 + (r & 15)] as number) |
      (becomes[48 + (s & 15)] as number);
    words[at + WORDS] =
      (becomes[p >> 4] as number) |
      (becomes[16 + (q >> 4)] as number) |
      (becomes[32 + (r >> 4)] as number) |
      (becomes[48 + (s >> 4)] as number);
  }
}

/** The same for codes of 8 bits. */
function turnEights(codes: Uint8Array, to: number): void {
  const a = starts[0] as number;
  const b = starts[1] as number;
  const c = starts[2] as number;
  const d = starts[3] as number;
  const j = steps[0] as number;
  const k = steps[1] as number;
  const l = steps[2] as number;
  const m = steps[3] as number;
  for (let i = 0, at = to; i < QUANTIZATION_BLOCK; i++, at += WORDS) {
    words[at] =
      toInt8(((codes[a + i] as number) - 128) * j) |
      (toInt8(((codes[b + i] as number) - 128) * k) << 8) |
      (toInt8(((codes[c + i] as number) - 128) * l) << 16) |
      (toInt8(((codes[d + i] as number) - 128) * m) << 24);
  }
}

/** A number of -127..127 rounded to int8, as the byte that it is: never negative meanwhile, so cutting off the fraction rounds. */
function toInt8(value: number): number {
  return ((value + 128.5) | 0) ^ 128;
}
