import { blocksPeak, PANEL, turnPanel } from './int8-blocks.ts';
import { matrixShape, quantizedRows, type ReadBytes, readRows } from './read-weight.ts';
import { QUANTIZATION_BLOCK, type Weight, type WeightBlock } from './weight-index.ts';

// A matrix as int8 for a product on WASM: its columns in equal groups, its rows in panels of 32, a panel of a group lying
// together, column by column. A number is its code times the scale of its row in the group. What the last panel lacks of
// rows is filled with zeros.

/** Rows of a matrix with those that fill its last panel. */
export function paddedRows(rows: number): number {
  return Math.ceil(rows / PANEL) * PANEL;
}

/**
 * One scale for each row of a group of columns, `[groups, padded rows]`: the row's largest number there is 127 steps of it.
 * @param weight of one block; of quantized numbers, in groups of whole quantization blocks
 */
export function int8Scales(weight: Weight, groups: number, read: ReadBytes): Float32Array {
  const { rows, columns } = matrixShape(weight.shape);
  const width = paddedRows(rows);
  const peaks = new Float32Array(groups * width);
  const quantized = quantizedRows(weight, weight.blocks[0] as WeightBlock, columns, read);
  if (quantized) {
    const blocks = columns / groups / QUANTIZATION_BLOCK;
    for (let group = 0; group < groups; group++) {
      for (let row = 0; row < rows; row++) {
        peaks[group * width + row] = blocksPeak(quantized, row, group * blocks, (group + 1) * blocks);
      }
    }
  } else {
    for (const { top, count, values } of floatPanels(weight, read)) {
      for (let row = 0; row < count; row++) {
        for (let group = 0; group < groups; group++) {
          const start = row * columns + (group * columns) / groups;
          peaks[group * width + top + row] = peak(values, start, start + columns / groups);
        }
      }
    }
  }
  return peaks.map((largest) => Math.fround(largest / 127) || 1);
}

/**
 * The codes, int8 `[groups, panels, columns of a group, PANEL]`.
 * @param scales what `int8Scales` gives for the same weight and groups
 */
export function int8Panels(weight: Weight, groups: number, scales: Float32Array, read: ReadBytes): Int8Array {
  const { rows, columns } = matrixShape(weight.shape);
  const width = paddedRows(rows);
  const wide = columns / groups;
  const codes = new Int8Array(width * columns);
  const placeOf = (group: number, top: number): number => (group * width + top) * wide;
  const quantized = quantizedRows(weight, weight.blocks[0] as WeightBlock, columns, read);
  if (quantized) {
    const blocks = wide / QUANTIZATION_BLOCK;
    for (let group = 0; group < groups; group++) {
      const those = scales.subarray(group * width, (group + 1) * width);
      for (let top = 0; top < rows; top += PANEL) {
        turnPanel(quantized, top, group * blocks, (group + 1) * blocks, those, codes, placeOf(group, top));
      }
    }
    return codes;
  }
  for (const { top, count, values } of floatPanels(weight, read)) {
    for (let group = 0; group < groups; group++) {
      for (let row = 0; row < count; row++) {
        const step = 1 / (scales[group * width + top + row] as number);
        const from = row * columns + group * wide;
        for (let i = 0, to = placeOf(group, top) + row; i < wide; i++, to += PANEL) {
          // Never negative, so cutting off the fraction rounds.
          codes[to] = (((values[from + i] as number) * step + 128.5) | 0) - 128;
        }
      }
    }
  }
  return codes;
}

function peak(values: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let i = start; i < end; i++) {
    const size = Math.abs(values[i] as number);
    if (size > largest) largest = size;
  }
  return largest;
}

/** The rows of a weight that is stored in floats, one panel after the other. */
function* floatPanels(weight: Weight, read: ReadBytes) {
  const { rows } = matrixShape(weight.shape);
  for (let top = 0; top < rows; top += PANEL) {
    const count = Math.min(PANEL, rows - top);
    const wanted = Uint32Array.from({ length: count }, (_, row) => top + row);
    yield { top, count, values: readRows(weight, wanted, read) };
  }
}
