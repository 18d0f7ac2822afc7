import type { GraphScope } from './graph-scope.ts';
import type { Value } from './onnx-builder.ts';

export interface AttentionHeads {
  readonly heads: number;
  readonly headSize: number;
}

/**
 * Multi-head attention of queries `[1, Q, heads * headSize]` to keys and values `[1, K, heads * headSize]`, scores scaled
 * by 1 / sqrt(headSize); `mask`, which reaches `[1, 1, Q, K]`, is added to the scores.
 *
 * Written out, because the fused operators of onnxruntime 1.30 are wrong on some GPUs: from 32 queries on they run a
 * flash-attention shader that takes keys 16 at a time, of which an adapter with subgroups of 8 sees 8 (lavapipe; on
 * SwiftShader, 4 of 16). These nodes are exact everywhere and no slower on WASM.
 */
export function fullAttention(
  scope: GraphScope,
  name: string,
  { heads, headSize }: AttentionHeads,
  { queries, keys, values, mask }: { queries: Value; keys: Value; values: Value; mask?: Value },
): Value {
  const { builder } = scope;
  const split = (part: string, from: Value, perm: readonly number[]): Value => {
    const grouped = builder.node(`${name}:${part}_heads`, 'Reshape', [from, builder.shape([1, -1, heads, headSize])]);
    return builder.node(`${name}:${part}`, 'Transpose', [grouped], { perm: { ints: perm } });
  };
  // Scaled before the product: float16 sums of unscaled ones come closer to overflowing.
  const scale = scope.constant(`scale_${headSize}`, Float32Array.of(1 / Math.sqrt(headSize)));
  const scaled = builder.node(`${name}:scaled`, 'Mul', [queries, scale]);
  const turned = split('keys', keys, [0, 2, 3, 1]);
  const product = builder.node(`${name}:scores`, 'MatMul', [split('queries', scaled, [0, 2, 1, 3]), turned]);
  const scores = mask ? builder.node(`${name}:masked`, 'Add', [product, mask]) : product;
  const shares = builder.node(`${name}:shares`, 'Softmax', [scores], { axis: { int: -1 } });
  const mixed = builder.node(`${name}:mixed`, 'MatMul', [shares, split('values', values, [0, 2, 1, 3])]);
  const joined = builder.node(`${name}:joined`, 'Transpose', [mixed], { perm: { ints: [0, 2, 1, 3] } });
  return builder.node(name, 'Reshape', [joined, builder.shape([1, -1, heads * headSize])]);
}
