import { TensorError } from '../tensors/errors.ts';
import type { Weight, WeightIndex } from '../tensors/weight-index.ts';
import { castWeight, encodeActivations } from './derived-data.ts';
import type { OnnxBuilder, Value } from './onnx-builder.ts';
import type { GraphTarget } from './onnx-graph.ts';
import { DATA_TYPES, type ElementType, type OnnxAttribute } from './onnx-proto.ts';

/** A graph under construction: where its nodes go, where its weights come from, what it is built for. */
export class GraphScope {
  readonly builder: OnnxBuilder;
  readonly weights: WeightIndex;
  readonly target: GraphTarget;

  constructor(builder: OnnxBuilder, weights: WeightIndex, target: GraphTarget) {
    this.builder = builder;
    this.weights = weights;
    this.target = target;
  }

  /** Element type of activations. */
  get activationType(): ElementType {
    return this.target.activation === 'f32' ? 'float32' : 'float16';
  }

  /**
   * The weight under this key, checked to have the shape the config calls for: a graph that disagrees with its weights
   * would otherwise fail deep inside the runtime.
   * @throws TensorError TENSOR_FILE_INVALID when it is missing, has another shape, or its blocks do not cover its rows
   */
  weight(name: string, shape: readonly number[]): Weight {
    const weight = this.weights.get(name);
    const expected = `[${shape}]`;
    if (!weight) {
      const message = `The model has no weight "${name}" of shape ${expected}. Import the checkpoint again.`;
      throw new TensorError('TENSOR_FILE_INVALID', message, { name, expected });
    }
    let rows = 0;
    for (const block of weight.blocks) rows = block.rowStart === rows ? rows + block.rows : Number.NaN;
    const actual = `[${weight.shape}]`;
    if (actual !== expected || rows !== shape[0]) {
      const message = `Weight "${name}" is ${actual} in ${rows} rows, but config.json calls for ${expected}. Check that config and weights belong together.`;
      throw new TensorError('TENSOR_FILE_INVALID', message, { name, actual, expected, rows });
    }
    return weight;
  }

  /**
   * A weight that is no matrix to multiply by: norm, bias, embedding, convolution kernel. `dims` may add axes of length 1
   * to its shape.
   */
  parameter(name: string, shape: readonly number[], dims = shape): Value {
    return this.dense(this.weight(name, shape), dims);
  }

  /** All of a weight in the activation type: the stored bytes themselves where they have it, otherwise made at load time. */
  dense(weight: Weight, dims: readonly number[]): Value {
    const [block, ...more] = weight.blocks;
    if (block && more.length === 0 && weight.encoding === this.target.activation) {
      return this.builder.stored(block.data, this.activationType, dims);
    }
    return this.builder.derived(castWeight(weight, this.target.activation), this.activationType, dims);
  }

  /** Constant computed here, in the activation type. */
  constant(name: string, values: Float32Array, dims: readonly number[] = [values.length]): Value {
    const bytes = encodeActivations(values, this.target.activation, name);
    return this.builder.constant(name, this.activationType, dims, bytes);
  }

  /** The same graph, what is added through this scope computing in float32. */
  inFloat32(): GraphScope {
    return new GraphScope(this.builder, this.weights, { ...this.target, activation: 'f32' });
  }

  /** A float32 value as activations. */
  fromFloat32(name: string, value: Value): Value {
    return this.target.activation === 'f32' ? value : this.builder.node(name, 'Cast', [value], castTo('float16'));
  }

  /** Activations as float32. */
  toFloat32(name: string, value: Value): Value {
    return this.target.activation === 'f32' ? value : this.builder.node(name, 'Cast', [value], castTo('float32'));
  }

  /** Activations as the float32 graph output `name`. */
  outputFloat32(name: string, value: Value, dims: readonly (number | string)[]): void {
    const op = this.target.activation === 'f32' ? 'Identity' : 'Cast';
    this.builder.node(`${name}:float32`, op, [value], op === 'Cast' ? castTo('float32') : {}, name);
    this.builder.output(name, 'float32', dims);
  }
}

function castTo(type: ElementType): { readonly to: OnnxAttribute } {
  return { to: { int: DATA_TYPES[type] } };
}
