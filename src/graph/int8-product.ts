import type { Columns } from '../tensors/int8-rows.ts';
import { QUANTIZATION_BLOCK, type Weight } from '../tensors/weight-index.ts';
import { int8Codes, int8Scales } from './derived-data.ts';
import type { GraphScope } from './graph-scope.ts';
import { ABSENT, type OnnxBuilder, type Value } from './onnx-builder.ts';

/** What rounding leaves of a number is at most half a step of 1/127, so this much larger it fills int8 again. */
const REST = 254;

/** Most groups of inputs with scales of their own, and the fewest inputs of one: more would cost time, fewer accuracy. */
const MOST_GROUPS = 4;
const LEAST_INPUTS = 128;

/**
 * x W^T + b with weights in int8, up to four scales a row: a quarter of the memory of float32, in half the time for many rows and
 * seven times as fast as MatMulNBits for one (2048 x 8192 on WASM: 8 ms against 57).
 *
 * Eight bits would be too coarse for activations (three times as many tokens of the demo model change), so they go in
 * as two rows: x rounded, and what the rounding left. That is 16 bits for the price of one more row, since the weights
 * are read once for both.
 */
export function int8Product(scope: GraphScope, name: string, weight: Weight, input: Value, bias: Value): Value {
  const { builder } = scope;
  const [outputs, inputs] = weight.shape as [number, number];
  const { step, parts: inputsOf } = roundedOf(scope, name, input, inputs);
  const parts = groupsOf(inputs).map((columns, group) => {
    const { start, end } = columns;
    const part = inputsOf[group] as Value;
    return builder.node(`${name}:int8_${start}`, 'com.microsoft.MatMulIntegerToFloat', [
      part,
      builder.derived(int8Codes(weight, columns), 'int8', [end - start, outputs]),
      step,
      builder.derived(int8Scales(weight, columns), 'float32', [outputs]),
      zeroPoint(scope),
    ]);
  });
  const product = parts.length === 1 ? (parts[0] as Value) : builder.node(`${name}:int8`, 'Sum', parts);
  const pairs = builder.node(`${name}:pairs`, 'Reshape', [product, builder.shape([2, -1, outputs])]);
  const shares = scope.constant('int8_shares', Float32Array.of(1, 1 / REST), [2, 1, 1]);
  const weighed = builder.node(`${name}:weighed`, 'Mul', [pairs, shares]);
  const sum = builder.node(`${name}:sum`, 'ReduceSum', [weighed, builder.shape([0])], { keepdims: { int: 1 } });
  return bias === ABSENT ? sum : builder.node(name, 'Add', [sum, bias]);
}

/** Activations as int8: two rows for each, cut into the groups of inputs. */
interface Rounded {
  readonly step: Value;
  readonly parts: readonly Value[];
}

/** What is rounded already, by graph: queries, keys and values are products of the same input. */
const roundedIn = new WeakMap<OnnxBuilder, Map<Value, Rounded>>();

function roundedOf(scope: GraphScope, name: string, input: Value, inputs: number): Rounded {
  const { builder } = scope;
  const known = roundedIn.get(builder) ?? new Map<Value, Rounded>();
  roundedIn.set(builder, known);
  const found = known.get(input);
  if (found) return found;
  const { step, rows } = twoRows(scope, name, input);
  const parts = groupsOf(inputs).map(({ start, end }) => {
    const bounds = [start, end, 2].map((index) => builder.shape([index]));
    return end - start === inputs ? rows : builder.node(`${name}:rows_${start}`, 'Slice', [rows, ...bounds]);
  });
  const rounded = { step, parts };
  known.set(input, rounded);
  return rounded;
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

/** The inputs in groups of whole blocks, the last one perhaps smaller; in one where blocks do not divide them. */
function groupsOf(inputs: number): Columns[] {
  if (inputs % QUANTIZATION_BLOCK !== 0) return [{ start: 0, end: inputs }];
  const most = Math.max(LEAST_INPUTS, inputs / MOST_GROUPS);
  const size = Math.ceil(most / QUANTIZATION_BLOCK) * QUANTIZATION_BLOCK;
  return Array.from({ length: Math.ceil(inputs / size) }, (_, i) => ({
    start: i * size,
    end: Math.min(inputs, (i + 1) * size),
  }));
}

function zeroPoint({ builder }: GraphScope): Value {
  return builder.constant('int8_zero_point', 'uint8', [], Uint8Array.of(128));
}
