import type { GraphScope } from './graph-scope.ts';
import type { Value } from './onnx-builder.ts';

/** Gain and bias of a layer norm: `{prefix}.weight`, `{prefix}.bias`, each `[size]`. */
export interface LayerNorm {
  readonly prefix: string;
  readonly size: number;
  readonly epsilon: number;
}

/** Layer norm over the last axis. One fused operator: written out, the variance overflows float16. */
export function layerNorm(scope: GraphScope, norm: LayerNorm, input: Value): Value {
  return scope.builder.node(norm.prefix, 'LayerNormalization', [input, ...gainAndBias(scope, norm)], {
    axis: { int: -1 },
    epsilon: { float: norm.epsilon },
  });
}

/** A residual connection and the norm after it in one pass over memory: the sum goes on, the norm feeds the next block. */
export function addAndNorm(
  scope: GraphScope,
  norm: LayerNorm,
  input: Value,
  residual: Value,
): { readonly sum: Value; readonly normed: Value } {
  const [normed, , , sum] = scope.builder.nodeWithOutputs(
    norm.prefix,
    'com.microsoft.SkipLayerNormalization',
    [input, residual, ...gainAndBias(scope, norm)],
    [`${norm.prefix}:out`, '', '', `${norm.prefix}:sum`],
    { epsilon: { float: norm.epsilon } },
  ) as [Value, Value, Value, Value];
  return { sum, normed };
}

function gainAndBias(scope: GraphScope, { prefix, size }: LayerNorm): [Value, Value] {
  return [scope.parameter(`${prefix}.weight`, [size]), scope.parameter(`${prefix}.bias`, [size])];
}
