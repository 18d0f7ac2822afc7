import { QUANTIZATION_BLOCK, type StoredTensor, type Weight, type WeightBlock } from '../tensors/weight-index.ts';
import { floatScales } from './derived-data.ts';
import type { GraphScope } from './graph-scope.ts';
import { ABSENT, type Value } from './onnx-builder.ts';

/**
 * 0 computes in the activation type. 4 would round activations to int8, faster on some GPUs when many rows are prefilled;
 * on the demo model that moves logits by 0.4% of their range, at most by 2.7%, and changes one token in 200 (4-bit
 * decoder, measured on the CPU backend), against 0.0001% at 0.
 */
const ACCURACY_LEVEL = 0;
/** On the native CPU, where only this level has fast kernels. */
const CPU_ACCURACY_LEVEL = 4;

/** y = x W^T + b: `W` `[outputs, inputs]` under `{prefix}.weight`, `b` `[outputs]` under `{prefix}.bias`. */
export interface Linear {
  readonly prefix: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** Applies a linear layer with bias to `[1, rows, inputs]`; the result is `[1, rows, outputs]`. */
export function linear(scope: GraphScope, { prefix, inputs, outputs }: Linear, input: Value): Value {
  const weight = scope.weight(`${prefix}.weight`, [outputs, inputs]);
  const bias = scope.parameter(`${prefix}.bias`, [outputs]);
  if (weight.blocks.length === 1) return product(scope, prefix, weight, input, bias);
  return scope.builder.node(`${prefix}:biased`, 'Add', [projection(scope, prefix, weight, input), bias]);
}

/**
 * x W^T without bias. A weight that is stored in several blocks of rows stays so, one product a block: joined, it could
 * exceed what a GPU binds to a shader (128 MiB by default).
 */
export function projection(scope: GraphScope, name: string, weight: Weight, input: Value): Value {
  if (weight.blocks.length === 1) return product(scope, name, weight, input, ABSENT);
  const parts = rowBlocks(weight).map((block, i) => product(scope, `${name}.${i}`, block, input, ABSENT));
  return scope.builder.node(name, 'Concat', parts, { axis: { int: -1 } });
}

/** Each block of rows as a weight of its own. */
function rowBlocks(weight: Weight): Weight[] {
  return weight.blocks.map((block, i) => ({
    ...weight,
    name: `${weight.name}.${i}`,
    shape: [block.rows, ...weight.shape.slice(1)],
    blocks: [{ ...block, rowStart: 0 }],
  }));
}

/**
 * One product with a weight of one block. MatMulNBits reads the stored codes, but only on a GPU and on the native CPU: on
 * WASM it would dequantize the whole matrix at every call (100 ms for 2048 x 8192 where a dense product takes 6).
 */
function product(scope: GraphScope, name: string, weight: Weight, input: Value, bias: Value): Value {
  const { device, int8, codes } = scope.target;
  const scales = weight.blocks[0]?.scales;
  if (scales && (device === 'webgpu' || codes)) return quantizedProduct(scope, name, weight, scales, input, bias);
  const onHost = (device === 'wasm' && int8) || denseProduct;
  return onHost(scope, name, weight, input, bias);
}

function quantizedProduct(
  scope: GraphScope,
  name: string,
  weight: Weight,
  scales: StoredTensor,
  input: Value,
  bias: Value,
): Value {
  const { builder, activationType, target } = scope;
  const [outputs, inputs] = weight.shape as [number, number];
  const [{ data }] = weight.blocks as [WeightBlock, ...WeightBlock[]];
  const bits = weight.encoding === 'q4' ? 4 : 8;
  const groups = inputs / QUANTIZATION_BLOCK;
  const codes = builder.stored(data, 'uint8', [outputs, groups, (QUANTIZATION_BLOCK * bits) / 8]);
  const scale =
    target.activation === 'f16'
      ? builder.stored(scales, activationType, [outputs * groups])
      : builder.derived(floatScales(scales), activationType, [outputs * groups]);
  return builder.node(name, 'com.microsoft.MatMulNBits', [input, codes, scale, ABSENT, ABSENT, bias], {
    K: { int: inputs },
    N: { int: outputs },
    bits: { int: bits },
    block_size: { int: QUANTIZATION_BLOCK },
    accuracy_level: { int: target.device === 'cpu' ? CPU_ACCURACY_LEVEL : ACCURACY_LEVEL },
  });
}

/**
 * Gemm, for three reasons: it takes the weight `[outputs, inputs]` as it is stored, adds the bias itself, and runs on
 * every device (on WASM as fast as MatMul with a weight turned beforehand). It knows only matrices, hence the reshapes.
 */
function denseProduct(scope: GraphScope, name: string, weight: Weight, input: Value, bias: Value): Value {
  const { builder } = scope;
  const [outputs, inputs] = weight.shape as [number, number];
  const rows = builder.node(`${name}:rows`, 'Reshape', [input, builder.shape([-1, inputs])]);
  const kernel = scope.dense(weight, weight.shape);
  const gemm = builder.node(`${name}:gemm`, 'Gemm', [rows, kernel, bias], { transB: { int: 1 } });
  return builder.node(name, 'Reshape', [gemm, builder.shape([1, -1, outputs])]);
}
