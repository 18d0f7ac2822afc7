import { blocksPeak, turnBlocks } from './int8-blocks.ts';
import { matrixShape, quantizedRows, type ReadBytes, readRows } from './read-weight.ts';
import { QUANTIZATION_BLOCK, type Weight } from './weight-index.ts';

/** Rows of floats read at a time: a tile that stays in the processor's cache while it is turned. */
const TILE = 32;
/** Numbers of a row turned at a time: what one line of the cache holds. */
const LINE = 16;

/** Columns `start` to `end` of a matrix; multiples of 32, or all of them. */
export interface Columns {
  readonly start: number;
  readonly end: number;
}

/** One scale for each row of some columns of a matrix, `[rows]`: its largest number there is 127 steps of it. */
export function int8RowScales(weight: Weight, columns: Columns, read: ReadBytes): Float32Array {
  const { rows, columns: all } = matrixShape(weight.shape);
  const peaks = new Float32Array(rows);
  for (const block of weight.blocks) {
    const quantized = quantizedRows(weight, block, all, read);
    if (!quantized) continue;
    const [first, end] = blocksOf(columns);
    for (let row = 0; row < block.rows; row++) peaks[block.rowStart + row] = blocksPeak(quantized, row, first, end);
  }
  for (const { first, count, values } of floatTiles(weight, read)) {
    for (let row = 0; row < count; row++) {
      peaks[first + row] = peak(values, row * all + columns.start, row * all + columns.end);
    }
  }
  return peaks.map((largest) => Math.fround(largest / 127) || 1);
}

/** Some columns of a matrix as int8 `[columns, rows]`; value = code * the scale of its row. */
export function int8Transposed(weight: Weight, columns: Columns, read: ReadBytes): Int8Array {
  const { rows, columns: all } = matrixShape(weight.shape);
  const codes = new Int8Array(rows * (columns.end - columns.start));
  const scales = int8RowScales(weight, columns, read);
  for (const block of weight.blocks) {
    const quantized = quantizedRows(weight, block, all, read);
    if (!quantized) continue;
    const those = scales.subarray(block.rowStart, block.rowStart + block.rows);
    turnBlocks(quantized, ...blocksOf(columns), those, codes, rows, block.rowStart);
  }
  for (const { first, count, values } of floatTiles(weight, read)) {
    const steps = Float64Array.from(scales.subarray(first, first + count), (scale) => 1 / scale);
    turnFloats(values, all, columns, steps, codes, rows, first);
  }
  return codes;
}

function blocksOf({ start, end }: Columns): [first: number, end: number] {
  return [start / QUANTIZATION_BLOCK, end / QUANTIZATION_BLOCK];
}

function peak(values: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let i = start; i < end; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  return largest;
}

/** The rows of a weight that is stored in floats, one tile after the other; of a quantized one none. */
function* floatTiles(weight: Weight, read: ReadBytes) {
  if (weight.encoding === 'q4' || weight.encoding === 'q8') return;
  const { rows } = matrixShape(weight.shape);
  for (let first = 0; first < rows; first += TILE) {
    const count = Math.min(TILE, rows - first);
    const wanted = Uint32Array.from({ length: count }, (_, row) => first + row);
    yield { first, count, values: readRows(weight, wanted, read) };
  }
}

const turned = new Int8Array(TILE * LINE);

/**
 * Some columns of a tile `[steps.length, all]` into rows of `codes`, `[columns, width]`, from `first` on. Rows lie a power
 * of two apart, where a cache keeps but a few lines: each is read once, and turned on the way.
 * @param steps of int8 that 1 is, for each row
 */
function turnFloats(
  values: Float32Array,
  all: number,
  { start, end }: Columns,
  steps: Float64Array,
  codes: Int8Array,
  width: number,
  first: number,
): void {
  for (let column = start; column < end; column += LINE) {
    const line = Math.min(LINE, end - column);
    for (let row = 0; row < steps.length; row++) {
      const step = steps[row] as number;
      const at = row * all + column;
      // Never negative, so cutting off the fraction rounds.
      for (let i = 0; i < line; i++) turned[i * TILE + row] = (((values[at + i] as number) * step + 128.5) | 0) - 128;
    }
    for (let i = 0; i < line; i++) {
      const to = (column - start + i) * width + first;
      for (let row = 0; row < steps.length; row++) codes[to + row] = turned[i * TILE + row] as number;
    }
  }
}
