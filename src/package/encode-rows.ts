import { dequantizeRows } from '../tensors/dequantize.ts';
import { TensorError } from '../tensors/errors.ts';
import { floatsToHalves, halvesToFloats } from '../tensors/float16.ts';
import { quantizeRows } from '../tensors/quantize.ts';
import type { Encoding } from '../tensors/weight-index.ts';

/** Where some rows of a weight go: views into the shard being made. */
export interface EncodedRows {
  readonly encoding: Encoding;
  readonly columns: number;
  readonly data: Uint8Array;
  /** Empty where the encoding has none. */
  readonly scales: Uint8Array;
}

/**
 * Writes `values` `[rows, columns]` in the given encoding.
 * @param name weight, for messages; `firstIndex` is the place of `values[0]` in it
 * @throws TensorError TENSOR_VALUE_INVALID for a number that is not finite or beyond the encoding's reach
 */
export function encodeRows(values: Float32Array, to: EncodedRows, name: string, firstIndex: number): void {
  switch (to.encoding) {
    case 'f32':
      checkFinite(values, name, firstIndex);
      floatsIn(to.data).set(values);
      break;
    case 'f16':
      floatsToHalves(values, name, firstIndex, halvesIn(to.data));
      break;
    default:
      quantizeRows(to.encoding, values, to.data, halvesIn(to.scales), name, firstIndex);
  }
}

/** What was written, as the model will read it. */
export function decodeRows({ encoding, columns, data, scales }: EncodedRows): Float32Array {
  if (encoding === 'f32') return floatsIn(data);
  if (encoding === 'f16') return halvesToFloats(halvesIn(data));
  const rows = (data.length / columns) * (encoding === 'q4' ? 2 : 1);
  const values = new Float32Array(rows * columns);
  dequantizeRows({ encoding, rows, columns, codes: data, scales: halvesIn(scales) }, values);
  return values;
}

// Views to write through: the layout aligns every array to its element, anything else must fail here and not be copied.
function floatsIn(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function halvesIn(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

function checkFinite(values: Float32Array, name: string, firstIndex: number): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const index = firstIndex + at;
  const message = `${name}[${index}] is ${values[at]}: the checkpoint is damaged, get it again.`;
  throw new TensorError('TENSOR_VALUE_INVALID', message, { name, index, value: values[at] });
}
