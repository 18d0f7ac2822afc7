import { floatsToHalves, halvesToFloats } from '../tensors/float16.ts';
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

function byteLengthOf(shape: readonly number[], activation: Activation): number {
  return shape.reduce((product, size) => product * size, activation === 'f32' ? 4 : 2);
}

/** Numbers as bytes of the activation type; `name` says whose they are when one does not fit. */
export function encodeActivations(values: Float32Array, activation: Activation, name: string): Uint8Array {
  return bytesOf(activation === 'f32' ? values : floatsToHalves(values, name));
}
