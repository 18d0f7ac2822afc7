import { paddedRows } from '../tensors/int8-panels.ts';
import { Int8Turner } from '../tensors/int8-turn.ts';
import { isRotated, ROTATED, rotationMatrix } from '../tensors/rotation.ts';
import type { Weight } from '../tensors/weight-index.ts';
import type { GraphScope } from './graph-scope.ts';
import { groupsOf } from './int8-groups.ts';
import { int8Weight } from './int8-weight.ts';
import { ABSENT, type OnnxBuilder, type Value } from './onnx-builder.ts';

/**
 * Outputs that lie side by side. One row is fastest with few; many rows, which are packed anew for every panel, with more
 * (docs/BENCHMARKS.md).
 */
const PANEL = 32;
const PANEL_OF_MANY_ROWS = 128;

/**
 * x W^T + b with weights and activations in int8, both rotated (see rotation.ts), each row of both with a scale for every
 * group of inputs: a quarter of the memory of float32, and half its time for many rows.
 *
 * onnxruntime's product for WASM packs all of the weights anew at every call, which for one row is most of the work, and it
 * packs them eight outputs wide, from the first input to the last. In a wide matrix each step of that is another line of the
 * cache, gone before its next eight are wanted; so outputs lie in panels, each a batch of its own, which for one row takes
 * a third of the time.
 */
export function int8Product(scope: GraphScope, name: string, weight: Weight, input: Value, bias: Value): Value {
  const { builder } = scope;
  const [outputs, inputs] = weight.shape as [number, number];
  const groups = groupsOf(inputs);
  const { rows, ranges } = roundedOf(scope, name, input, inputs / groups, groups);
  const panel = scope.target.manyRows ? PANEL_OF_MANY_ROWS : PANEL;
  const { codes, scales } = int8Weight(weight, { groups, panel }, turnerOf(builder));
  const width = paddedRows(outputs, panel);
  const panels = width / panel;
  const products = builder.node(`${name}:int8`, 'com.microsoft.MatMulIntegerToFloat', [
    rows,
    builder.derived(codes, 'int8', [groups, panels, inputs / groups, panel]),
    unit(scope),
    builder.derived(scales, 'float32', [groups, panels, 1, panel]),
    zeroPoint(scope),
  ]);
  const scaled = builder.node(`${name}:scaled`, 'Mul', [products, ranges]);
  const sum = builder.node(`${name}:sum`, 'ReduceSum', [scaled, builder.shape([0])], { keepdims: { int: 0 } });
  const turned = builder.node(`${name}:turned`, 'Transpose', [sum], { perm: { ints: [1, 0, 2] } });
  const joined = builder.node(`${name}:joined`, 'Reshape', [turned, builder.shape([1, -1, width])]);
  const bounds = () => [0, outputs, 2].map((index) => builder.shape([index]));
  const product = width === outputs ? joined : builder.node(`${name}:cut`, 'Slice', [joined, ...bounds()]);
  return bias === ABSENT ? product : builder.node(name, 'Add', [product, bias]);
}

/** What turns the weights of a graph, gone with it. */
const turners = new WeakMap<OnnxBuilder, Int8Turner>();

function turnerOf(builder: OnnxBuilder): Int8Turner {
  const turner = turners.get(builder) ?? new Int8Turner();
  turners.set(builder, turner);
  return turner;
}

/** Activations as int8. */
interface Rounded {
  /** uint8 around 128, `[groups, 1, S, inputs of a group]`: parts of the largest magnitude of a row in the group. */
  readonly rows: Value;
  /** Those largest magnitudes, float32 `[groups, 1, S, 1]`. */
  readonly ranges: Value;
}

/** What is rounded already, by graph: queries, keys and values are products of the same input. */
const roundedIn = new WeakMap<OnnxBuilder, Map<Value, Rounded>>();

function roundedOf(scope: GraphScope, name: string, input: Value, inputs: number, groups: number): Rounded {
  const { builder } = scope;
  const known = roundedIn.get(builder) ?? new Map<Value, Rounded>();
  roundedIn.set(builder, known);
  const found = known.get(input);
  if (found) return found;
  const rotated = isRotated(inputs) ? rotatedInput(scope, name, input) : input;
  const split = builder.node(`${name}:split`, 'Reshape', [rotated, builder.shape([1, -1, groups, inputs])]);
  const grouped = builder.node(`${name}:grouped`, 'Transpose', [split], { perm: { ints: [2, 0, 1, 3] } });
  const sizes = builder.node(`${name}:sizes`, 'Abs', [grouped]);
  const largest = builder.node(`${name}:largest`, 'ReduceMax', [sizes], {
    axes: { ints: [-1] },
    keepdims: { int: 1 },
  });
  // Rows of nothing but zeros would have none.
  const ranges = builder.node(`${name}:ranges`, 'Max', [largest, scope.constant('tiny', Float32Array.of(1e-20), [])]);
  const parts = builder.node(`${name}:parts`, 'Div', [grouped, ranges]);
  const rows = builder.node(`${name}:rows`, 'QuantizeLinear', [parts, unit(scope), zeroPoint(scope)]);
  const rounded = { rows, ranges };
  known.set(input, rounded);
  return rounded;
}

/** Activations in blocks, each multiplied by the Hadamard matrix: the other half of what was done to the weights. */
function rotatedInput(scope: GraphScope, name: string, input: Value): Value {
  const { builder } = scope;
  const blocks = builder.node(`${name}:blocks`, 'Reshape', [input, builder.shape([-1, ROTATED])]);
  const matrix = scope.constant('int8_rotation', rotationMatrix(), [ROTATED, ROTATED]);
  return builder.node(`${name}:rotated`, 'MatMul', [blocks, matrix]);
}

/** One step of rounded activations. */
function unit(scope: GraphScope): Value {
  return scope.constant('int8_unit', Float32Array.of(1 / 127), []);
}

function zeroPoint({ builder }: GraphScope): Value {
  return builder.constant('int8_zero_point', 'uint8', [], Uint8Array.of(128));
}
