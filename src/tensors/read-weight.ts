import { dequantizeRow, dequantizeRows, type QuantizedRows } from './dequantize.ts';
import { halvesToFloats } from './float16.ts';
import { matrixShape } from './shape.ts';
import { asFloat32, asUint16 } from './typed-view.ts';
import { isQuantized, type StoredTensor, type Weight, type WeightBlock } from './weight-index.ts';

/** Reads the bytes of a stored tensor from the open package; they may be good only until two others are read. */
export type ReadBytes = (tensor: StoredTensor) => Uint8Array;

/** A whole weight as dense float32 in its checkpoint shape, whatever its encoding; in `memory` where that is given. */
export function readWeight(weight: Weight, read: ReadBytes, memory?: Float32Array): Float32Array {
  const { rows, columns } = matrixShape(weight.shape);
  const out = memory ?? new Float32Array(rows * columns);
  for (const block of weight.blocks) {
    const start = block.rowStart * columns;
    const quantized = quantizedRows(weight, block, columns, read);
    if (quantized) dequantizeRows(quantized, out, start);
    else out.set(floatRows(weight, block, read), start);
  }
  return out;
}

/**
 * Some rows of a weight as float32 `[rows.length, columns]`, without touching the others: the embedding lookup.
 * @throws RangeError when the weight has no such row
 */
export function readRows(weight: Weight, rows: ArrayLike<number>, read: ReadBytes): Float32Array {
  const { columns } = matrixShape(weight.shape);
  const out = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const block = weight.blocks.find(({ rowStart, rows: count }) => row >= rowStart && row < rowStart + count);
    if (!block) throw new RangeError(`${weight.name} has no row ${row}.`);
    const quantized = quantizedRows(weight, block, columns, read);
    const inBlock = row - block.rowStart;
    if (quantized) dequantizeRow(quantized, inBlock, out, i * columns);
    else out.set(floatRows(weight, block, read, inBlock * columns, columns), i * columns);
  }
  return out;
}

/** A block of a weight as quantized rows; null where it is stored in floats. */
export function quantizedRows(
  weight: Weight,
  block: WeightBlock,
  columns: number,
  read: ReadBytes,
): QuantizedRows | null {
  const { encoding } = weight;
  if (!isQuantized(encoding) || !block.scales) return null;
  const scales = asUint16(read(block.scales));
  return { encoding, rows: block.rows, columns, codes: read(block.data), scales };
}

/** `count` numbers from `first` of a float block, all of them by default. */
function floatRows(weight: Weight, block: WeightBlock, read: ReadBytes, first = 0, count?: number): Float32Array {
  const bytes = read(block.data);
  const last = count === undefined ? undefined : first + count;
  if (weight.encoding === 'f32') return asFloat32(bytes).subarray(first, last);
  return halvesToFloats(asUint16(bytes).subarray(first, last));
}
