import { halfToFloat } from './float16.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

/** Rows of block-quantized numbers in the layout of WeightBlock: uint8 codes (8 or 128 is zero) and float16 scales. */
export interface QuantizedRows {
  readonly encoding: 'q4' | 'q8';
  readonly rows: number;
  readonly columns: number;
  readonly codes: Uint8Array;
  readonly scales: Uint16Array;
}

/** Bytes of codes that share a scale. */
export function blockBytes(encoding: 'q4' | 'q8'): number {
  return encoding === 'q4' ? QUANTIZATION_BLOCK / 2 : QUANTIZATION_BLOCK;
}

/** Writes row `row` as float32 into `out` from `start`. */
export function dequantizeRow(from: QuantizedRows, row: number, out: Float32Array, start: number): void {
  const blocks = from.columns / QUANTIZATION_BLOCK;
  for (let block = 0; block < blocks; block++) {
    dequantizeBlock(from, row * blocks + block, out, start + block * QUANTIZATION_BLOCK);
  }
}

/** All rows, `[rows, columns]`, into `out` from `start`. */
export function dequantizeRows(from: QuantizedRows, out: Float32Array, start = 0): void {
  for (let row = 0; row < from.rows; row++) dequantizeRow(from, row, out, start + row * from.columns);
}

function dequantizeBlock(from: QuantizedRows, block: number, out: Float32Array, start: number): void {
  const { codes } = from;
  const scale = halfToFloat(from.scales[block] as number);
  let at = start;
  if (from.encoding === 'q8') {
    const end = (block + 1) * QUANTIZATION_BLOCK;
    for (let i = block * QUANTIZATION_BLOCK; i < end; i++, at++) out[at] = ((codes[i] as number) - 128) * scale;
    return;
  }
  const end = (block + 1) * (QUANTIZATION_BLOCK / 2);
  for (let i = block * (QUANTIZATION_BLOCK / 2); i < end; i++, at += 2) {
    const pair = codes[i] as number;
    out[at] = ((pair & 15) - 8) * scale;
    out[at + 1] = ((pair >> 4) - 8) * scale;
  }
}
