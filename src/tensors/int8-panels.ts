import type { Int8Turner } from './int8-turn.ts';
import { quantizedRows, type ReadBytes, readRows } from './read-weight.ts';
import { isRotated, ROTATED, rotate } from './rotation.ts';
import { matrixShape } from './shape.ts';
import type { Weight, WeightBlock } from './weight-index.ts';

/** How a matrix is laid out for products in int8 (why, see graph/int8-product.ts). */
export interface Int8Layout {
  /** Of columns, equal ones, each with scales of its own. */
  readonly groups: number;
  /** Rows that lie side by side, a multiple of eight. */
  readonly panel: number;
}

/**
 * A matrix for a product in int8: its columns in equal groups, rotated (see rotation.ts), its rows in panels, a panel of a
 * group lying together, column by column. What the last panel lacks of rows is filled with zeros.
 */
export interface Int8Matrix {
  /** `[groups, panels, columns of a group, panel]`; a number is its code times the scale of its row in the group. */
  readonly codes: Int8Array;
  /** `[groups, padded rows]`: the row's largest number in the group is 127 of them. */
  readonly scales: Float32Array;
}

/** Rows of a matrix with those that fill its last panel. */
export function paddedRows(rows: number, panel: number): number {
  return Math.ceil(rows / panel) * panel;
}

/**
 * @param weight of one block of rows; of quantized numbers, in groups of whole quantization blocks
 * @returns of quantized numbers what lies in the turner's memory, until it turns the next
 */
export function int8Matrix(
  weight: Weight,
  { groups, panel }: Int8Layout,
  read: ReadBytes,
  turner: Int8Turner,
): Int8Matrix {
  const { rows, columns } = matrixShape(weight.shape);
  const quantized = quantizedRows(weight, weight.blocks[0] as WeightBlock, columns, read);
  if (quantized) return turner.turn(quantized, groups, panel);
  const width = paddedRows(rows, panel);
  const wide = columns / groups;
  const codes = new Int8Array(width * columns);
  const scales = new Float32Array(groups * width).fill(1);
  for (let top = 0; top < rows; top += panel) {
    const floats = rotatedRows(weight, top, Math.min(panel, rows - top), columns, read);
    for (let group = 0; group < groups; group++) {
      const at = group * width + top;
      const out = codes.subarray(at * wide, (at + panel) * wide);
      turnFloats(floats, columns, group * wide, wide, scales.subarray(at, at + panel), out);
    }
  }
  return { codes, scales };
}

/** The scale of a row whose largest number is `peak`. */
function scaleOf(peak: number): number {
  return Math.fround(peak / 127) || 1;
}

/** Rows `top` to `top + count` of a weight that is stored in floats, rotated where its columns allow. */
function rotatedRows(weight: Weight, top: number, count: number, columns: number, read: ReadBytes): Float32Array {
  const wanted = Uint32Array.from({ length: count }, (_, row) => top + row);
  const values = readRows(weight, wanted, read);
  if (isRotated(columns)) for (let at = 0; at < values.length; at += ROTATED) rotate(values, at);
  return values;
}

/** Columns `start` to `start + wide` of a panel's rows as int8 `[wide, panel]`, and the scale of each row. */
function turnFloats(
  values: Float32Array,
  columns: number,
  start: number,
  wide: number,
  scales: Float32Array,
  out: Int8Array,
): void {
  for (let row = 0; row * columns < values.length; row++) {
    const from = row * columns + start;
    const scale = scaleOf(
      values.subarray(from, from + wide).reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    );
    scales[row] = scale;
    // Never negative, so cutting off the fraction rounds.
    for (let i = 0; i < wide; i++)
      out[i * scales.length + row] = (((values[from + i] as number) / scale + 128.5) | 0) - 128;
  }
}
