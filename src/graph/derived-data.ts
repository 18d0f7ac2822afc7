import { floatsToHalves, halvesToFloats } from '../tensors/float16.ts';
import { type Columns, int8RowScales, int8Transposed } from '../tensors/int8-rows.ts';
import { readWeight } from '../tensors/read-weight.ts';
import { asUint16, bytesOf } from '../tensors/typed-view.ts';
import type { StoredTensor, Weight } from '../tensors/weight-index.ts';
import type { DerivedData, GraphTarget } from './onnx-graph.ts';

type Activation = GraphTarget['activation'];

/** A weight in the activation type and its own shape, whatever its encoding. */
export function castWeight(weight: Weight, activation: Activation): DerivedData {
  return {
    path: `derived/${weight.name}`,
    byteLength: byteLengthOf(weight.shape, activation),
    make: (read) => encodeActivations(readWeight(weight, read), activation, weight.name),
  };
}

/** Block scales as float32, for float32 activations: MatMulNBits wants both of one type, and scales are stored F16. */
export function floatScales(scales: StoredTensor): DerivedData {
  return {
    path: `derived/${scales.name}`,
    byteLength: byteLengthOf(scales.shape, 'f32'),
    make: (read) => bytesOf(halvesToFloats(asUint16(read(scales)))),
  };
}

/** Some columns of a matrix `[rows, columns]` as int8 `[columns, rows]`, to be multiplied by the scale of its row. */
export function int8Codes(weight: Weight, columns: Columns): DerivedData {
  return {
    path: `derived/${weight.name}:int8_${columns.start}`,
    byteLength: (weight.shape[0] as number) * (columns.end - columns.start),
    make: (read) => bytesOf(int8Transposed(weight, columns, read)),
  };
}

/** The scales of `int8Codes`, float32 `[rows]`. */
export function int8Scales(weight: Weight, columns: Columns): DerivedData {
  return {
    path: `derived/${weight.name}:int8_scales_${columns.start}`,
    byteLength: 4 * (weight.shape[0] as number),
    make: (read) => bytesOf(int8RowScales(weight, columns, read)),
  };
}

function byteLengthOf(shape: readonly number[], activation: Activation): number {
  return shape.reduce((product, size) => product * size, activation === 'f32' ? 4 : 2);
}

/** Numbers as bytes of the activation type; `name` says whose they are when one does not fit. */
export function encodeActivations(values: Float32Array, activation: Activation, name: string): Uint8Array {
  return bytesOf(activation === 'f32' ? values : floatsToHalves(values, name));
}
