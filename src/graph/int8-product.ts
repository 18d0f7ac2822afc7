import type { Weight } from '../tensors/weight-index.ts';
import { int8Codes, int8Scales } from './derived-data.ts';
import type { GraphScope } from './graph-scope.ts';
import { ABSENT, type Value } from './onnx-builder.ts';

/** What rounding leaves of a number is at most half a step of 1/127, so this much larger it fills int8 again. */
const REST = 254;

/**
 * x W^T + b with weights in int8, one scale a row: a quarter of the memory of float32, in half the time for many rows and
 * seven times as fast as MatMulNBits for one (2048 x 8192 on WASM: 8 ms against 57).
 *
 * Eight bits would be too coarse for activations (three times as many tokens of the demo model change), so they go in
 * as two rows: x rounded, and what the rounding left. That is 16 bits for the price of one more row, since the weights
 * are read once for both.
 */
export function int8Product(scope: GraphScope, name: string, weight: Weight, input: Value, bias: Value): Value {
  const { builder } = scope;
  const [outputs, inputs] = weight.shape as [number, number];
  const { step, rows } = twoRows(scope, name, input);
  const product = builder.node(`${name}:int8`, 'com.microsoft.MatMulIntegerToFloat', [
    rows,
    builder.derived(int8Codes(weight), 'int8', [inputs, outputs]),
    step,
    builder.derived(int8Scales(weight), 'float32', [outputs]),
    zeroPoint(scope),
  ]);
  const pairs = builder.node(`${name}:pairs`, 'Reshape', [product, builder.shape([2, -1, outputs])]);
  const shares = scope.constant('int8_shares', Float32Array.of(1, 1 / REST), [2, 1, 1]);
  const weighed = builder.node(`${name}:weighed`, 'Mul', [pairs, shares]);
  const sum = builder.node(`${name}:sum`, 'ReduceSum', [weighed, builder.shape([0])], { keepdims: { int: 1 } });
  return bias === ABSENT ? sum : builder.node(name, 'Add', [sum, bias]);
}

/** `[1, S, inputs]` as uint8 `[1, 2S, inputs]` around 128: the rounded rows, then their rests; `step` is one unit. */
function twoRows(scope: GraphScope, name: string, input: Value): { readonly step: Value; readonly rows: Value } {
  const { builder } = scope;
  const zero = zeroPoint(scope);
  const size = builder.node(`${name}:size`, 'Abs', [input]);
  const largest = builder.node(`${name}:largest`, 'ReduceMax', [size], { keepdims: { int: 0 } });
  // Rows of nothing but zeros would have a step of 0.
  const range = builder.node(`${name}:range`, 'Max', [largest, scope.constant('tiny', Float32Array.of(1e-20), [])]);
  const step = builder.node(`${name}:step`, 'Mul', [range, scope.constant('int8_unit', Float32Array.of(1 / 127), [])]);
  const rounded = builder.node(`${name}:rounded`, 'QuantizeLinear', [input, step, zero]);
  const near = builder.node(`${name}:near`, 'DequantizeLinear', [rounded, step, zero]);
  const left = builder.node(`${name}:left`, 'Sub', [input, near]);
  const enlarged = builder.node(`${name}:enlarged`, 'Mul', [
    left,
    scope.constant('int8_rest', Float32Array.of(REST), []),
  ]);
  const rest = builder.node(`${name}:rest`, 'QuantizeLinear', [enlarged, step, zero]);
  return { step, rows: builder.node(`${name}:rows`, 'Concat', [rounded, rest], { axis: { int: 1 } }) };
}

function zeroPoint({ builder }: GraphScope): Value {
  return builder.constant('int8_zero_point', 'uint8', [], Uint8Array.of(128));
}
