import { matrixShape, type ReadBytes, readRows } from './read-weight.ts';
import type { Weight } from './weight-index.ts';

/** Rows read at a time: a tile that stays in the processor's cache while it is turned. */
const TILE = 32;
/** Numbers of a row turned at a time: what one line of the cache holds. */
const LINE = 16;

/** One scale for each row of a matrix, `[rows]`: its largest number is 127 steps of it. */
export function int8RowScales(weight: Weight, read: ReadBytes): Float32Array {
  const scales = new Float32Array(matrixShape(weight.shape).rows);
  for (const { first, values, columns, count } of tiles(weight, read)) {
    for (let row = 0; row < count; row++) scales[first + row] = rowScale(values, row * columns, columns);
  }
  return scales;
}

/** A matrix `[rows, columns]` as int8 `[columns, rows]`; value = code * the scale of its row. */
export function int8Transposed(weight: Weight, read: ReadBytes): Int8Array {
  const { rows, columns } = matrixShape(weight.shape);
  const codes = new Int8Array(rows * columns);
  const steps = new Float64Array(TILE);
  const turned = new Int8Array(TILE * LINE);
  for (const { first, values, count } of tiles(weight, read)) {
    for (let row = 0; row < count; row++) steps[row] = 1 / rowScale(values, row * columns, columns);
    // Rows lie a power of two apart, where a cache keeps but a few lines: each is read once, and turned on the way.
    for (let start = 0; start < columns; start += LINE) {
      const width = Math.min(LINE, columns - start);
      for (let row = 0; row < count; row++) {
        const step = steps[row] as number;
        const at = row * columns + start;
        // Never negative, so cutting off the fraction rounds.
        for (let i = 0; i < width; i++)
          turned[i * TILE + row] = (((values[at + i] as number) * step + 128.5) | 0) - 128;
      }
      for (let i = 0; i < width; i++) {
        const to = (start + i) * rows + first;
        for (let row = 0; row < count; row++) codes[to + row] = turned[i * TILE + row] as number;
      }
    }
  }
  return codes;
}

function rowScale(values: Float32Array, start: number, columns: number): number {
  let largest = 0;
  for (let i = start; i < start + columns; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  return Math.fround(largest / 127) || 1;
}

/** Rows `first` to `first + count` as float32, one tile after the other. */
function* tiles(weight: Weight, read: ReadBytes) {
  const { rows, columns } = matrixShape(weight.shape);
  for (let first = 0; first < rows; first += TILE) {
    const count = Math.min(TILE, rows - first);
    const wanted = Uint32Array.from({ length: count }, (_, row) => first + row);
    yield { first, count, columns, values: readRows(weight, wanted, read) };
  }
}
