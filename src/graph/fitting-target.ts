import { sizeOf } from '../tensors/shape.ts';
import type { WeightIndex } from '../tensors/weight-index.ts';
import type { GraphTarget } from './onnx-graph.ts';

/**
 * Most bytes of dense float32 weights on WASM. Its memory ends at 4 GB and holds activations and the KV cache as well;
 * below this a model is small enough for float32 to be as fast as int8.
 */
const MAX_DENSE_BYTES = 2 ** 30;

/** The target on which a model of these weights fits the device: a big one is not multiplied in float32 on a CPU. */
export async function fittingTarget(target: GraphTarget, weights: WeightIndex): Promise<GraphTarget> {
  let numbers = 0;
  for (const { shape } of weights.values()) numbers += sizeOf(shape);
  if (target.device === 'webgpu' || fitsDense(numbers)) return target;
  if (target.device === 'cpu') return { ...target, codes: true };
  const { int8Product } = await import('./int8-product.ts');
  return { ...target, int8: int8Product };
}

/** Whether so many numbers of all weights together are kept in float32. */
export function fitsDense(numbers: number): boolean {
  return 4 * numbers <= MAX_DENSE_BYTES;
}
