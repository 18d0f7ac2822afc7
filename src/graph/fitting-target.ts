import type { WeightIndex } from '../tensors/weight-index.ts';
import type { GraphTarget } from './onnx-graph.ts';

/**
 * Most bytes of dense float32 weights on WASM. Its memory ends at 4 GB and holds activations and the KV cache as well;
 * below this a model is small enough for float32 to be as fast as int8.
 */
const MAX_DENSE_BYTES = 2 ** 30;

/** The target on which a model of these weights fits the device: a big one is multiplied in int8 on WASM. */
export function fittingTarget(target: GraphTarget, weights: WeightIndex): GraphTarget {
  return target.device === 'wasm' && 4 * countNumbers(weights) > MAX_DENSE_BYTES ? { ...target, int8: true } : target;
}

/** Numbers of all weights together. */
export function countNumbers(weights: WeightIndex): number {
  let sum = 0;
  for (const { shape } of weights.values()) sum += shape.reduce((product, size) => product * size, 1);
  return sum;
}
