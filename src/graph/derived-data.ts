import { floatsToHalves, halvesToFloats } from '../tensors/float16.ts';
import { readWeight } from '../tensors/read-weight.ts';
import type { Scratch } from '../tensors/scratch.ts';
import { sizeOf } from '../tensors/shape.ts';
import { asFloat32, asUint16, bytesOf } from '../tensors/typed-view.ts';
import type { StoredTensor, Weight } from '../tensors/weight-index.ts';
import type { DerivedData, GraphTarget } from './onnx-graph.ts';

type Activation = GraphTarget['activation'];

/** A weight in the activation type and its own shape, whatever its encoding. */
export function castWeight(weight: Weight, activation: Activation): DerivedData {
  const numbers = sizeOf(weight.shape);
  return {
    path: `derived/${weight.name}`,
    byteLength: numbers * (activation === 'f32' ? 4 : 2),
    make: (read, scratch) =>
      activation === 'f32'
        ? bytesOf(readWeight(weight, read, floats(numbers, scratch)))
        : bytesOf(floatsToHalves(readWeight(weight, read), weight.name)),
  };
}

/** Block scales as float32, for float32 activations: MatMulNBits wants both of one type, and scales are stored F16. */
export function floatScales(scales: StoredTensor): DerivedData {
  const numbers = sizeOf(scales.shape);
  return {
    path: `derived/${scales.name}`,
    byteLength: numbers * 4,
    make: (read, scratch) => bytesOf(halvesToFloats(asUint16(read(scales)), floats(numbers, scratch))),
  };
}

/** Room for so many float32 numbers. */
function floats(numbers: number, scratch: Scratch | undefined): Float32Array {
  return scratch ? asFloat32(scratch.take(4 * numbers)) : new Float32Array(numbers);
}

/** Numbers as bytes of the activation type; `name` says whose they are when one does not fit. */
export function encodeActivations(values: Float32Array, activation: Activation, name: string): Uint8Array {
  return bytesOf(activation === 'f32' ? values : floatsToHalves(values, name));
}
