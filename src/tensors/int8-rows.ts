import { blockBytes, dequantizeRow } from './dequantize.ts';
import { matrixShape, type ReadBytes, readRows } from './read-weight.ts';
import { asUint16 } from './typed-view.ts';
import { QUANTIZATION_BLOCK, type Weight } from './weight-index.ts';

/** Rows read at a time: a tile that stays in the processor's cache while it is turned. */
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
  const width = columns.end - columns.start;
  const scales = new Float32Array(matrixShape(weight.shape).rows);
  for (const { first, values, count } of tiles(weight, columns, read)) {
    for (let row = 0; row < count; row++) scales[first + row] = rowScale(values, row * width, width);
  }
  return scales;
}

/** Some columns of a matrix as int8 `[columns, rows]`; value = code * the scale of its row. */
export function int8Transposed(weight: Weight, columns: Columns, read: ReadBytes): Int8Array {
  const { rows } = matrixShape(weight.shape);
  const width = columns.end - columns.start;
  const codes = new Int8Array(rows * width);
  const steps = new Float64Array(TILE);
  const turned = new Int8Array(TILE * LINE);
  for (const { first, values, count } of tiles(weight, columns, read)) {
    for (let row = 0; row < count; row++) steps[row] = 1 / rowScale(values, row * width, width);
    // Rows lie a power of two apart, where a cache keeps but a few lines: each is read once, and turned on the way.
    for (let start = 0; start < width; start += LINE) {
      const line = Math.min(LINE, width - start);
      for (let row = 0; row < count; row++) {
        const step = steps[row] as number;
        const at = row * width + start;
        // Never negative, so cutting off the fraction rounds.
        for (let i = 0; i < line; i++) turned[i * TILE + row] = (((values[at + i] as number) * step + 128.5) | 0) - 128;
      }
      for (let i = 0; i < line; i++) {
        const to = (start + i) * rows + first;
        for (let row = 0; row < count; row++) codes[to + row] = turned[i * TILE + row] as number;
      }
    }
  }
  return codes;
}

function rowScale(values: Float32Array, start: number, width: number): number {
  let largest = 0;
  for (let i = start; i < start + width; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  return Math.fround(largest / 127) || 1;
}

/** These columns of rows `first` to `first + count` as float32, one tile after the other. */
function* tiles(weight: Weight, columns: Columns, read: ReadBytes) {
  const { rows } = matrixShape(weight.shape);
  for (let first = 0; first < rows; first += TILE) {
    const count = Math.min(TILE, rows - first);
    yield { first, count, values: readTile(weight, first, count, columns, read) };
  }
}

function readTile(weight: Weight, first: number, count: number, { start, end }: Columns, read: ReadBytes) {
  const { encoding, blocks, shape } = weight;
  const { columns } = matrixShape(shape);
  const width = end - start;
  const wanted = Uint32Array.from({ length: count }, (_, row) => first + row);
  if (width === columns) return readRows(weight, wanted, read);
  const values = new Float32Array(count * width);
  if (encoding === 'f32' || encoding === 'f16') {
    const whole = readRows(weight, wanted, read);
    for (let row = 0; row < count; row++) {
      values.set(whole.subarray(row * columns + start, row * columns + end), row * width);
    }
    return values;
  }
  // Blocks of codes before these columns are passed over: a matrix is read once, however many parts it is made into.
  const perRow = columns / QUANTIZATION_BLOCK;
  for (const block of blocks) {
    const codes = read(block.data);
    const scales = block.scales ? asUint16(read(block.scales)) : new Uint16Array();
    for (let row = Math.max(first, block.rowStart); row < Math.min(first + count, block.rowStart + block.rows); row++) {
      const from = (row - block.rowStart) * perRow + start / QUANTIZATION_BLOCK;
      const part = {
        encoding,
        rows: 1,
        columns: width,
        codes: codes.subarray(from * blockBytes(encoding)),
        scales: scales.subarray(from),
      };
      dequantizeRow(part, 0, values, (row - first) * width);
    }
  }
  return values;
}
