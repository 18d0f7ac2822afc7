import type { ReadBytes } from '../tensors/read-weight.ts';
import type { Scratch } from '../tensors/scratch.ts';
import type { Weight } from '../tensors/weight-index.ts';
import type { GraphScope } from './graph-scope.ts';
import type { Value } from './onnx-builder.ts';

/** Adds x W^T + b to a graph; `bias` may be ABSENT. */
export type Product = (scope: GraphScope, name: string, weight: Weight, input: Value, bias: Value) => Value;

/** Device a graph is built for; the same weights serve every one. */
export interface GraphTarget {
  readonly device: 'webgpu' | 'wasm' | 'cpu';
  /** Type of activations and KV cache inside the graph. Inputs and outputs other than the cache are always float32. */
  readonly activation: 'f32' | 'f16';
  /**
   * How a graph for WASM multiplies with int8 instead of float32 weights (int8-product.ts, which small models need not
   * load): for models whose float32 weights would not fit its 4 GB of memory. The graphs for WebGPU read the stored codes
   * in any case.
   */
  readonly int8?: Product | undefined;
  /** Whether all runs of the graph have many rows, as a picture's do, and none a single one. */
  readonly manyRows?: boolean;
  /**
   * Whether a graph for the native CPU multiplies with the stored codes, activations rounded to int8, instead of float32
   * weights: for models that are bound by reading their weights.
   */
  readonly codes?: boolean;
  /** Whether the decoder takes several sequences at once (see buildDecoderGraph). */
  readonly batched?: boolean;
  /**
   * Whether the decoder gives back only the keys and values of the run's own positions and not the caches with them in: for
   * an onnxruntime that copies whatever goes in and comes out.
   */
  readonly addedOnly?: boolean;
  /** One file for all derived data, for graphs that leave this program; without it each has a location of its own. */
  readonly derivedFile?: string;
}

/** External data of a graph that is not stored as such: made at load time from what is (cast, dequantized, transposed). */
export interface DerivedData {
  /** External-data location inside the graph, e.g. `derived/text_model.model.layer_norm.weight`. */
  readonly path: string;
  readonly byteLength: number;
  /**
   * @param scratch memory to make them in, from a caller that is done with them before it asks for the next
   * @returns bytes of their own, or a view of memory that the next derived data of the same graph are made in
   */
  make(read: ReadBytes, scratch?: Scratch): Uint8Array;
}

/** Derived data in its place: `offset` bytes into the graph's one derived file, 0 where each has a location of its own. */
export interface PlacedData extends DerivedData {
  readonly offset: number;
}

/** An ONNX model without weights: its initializers point into package files and derived data. */
export interface OnnxGraph {
  /** Serialized ModelProto. */
  readonly model: Uint8Array;
  /** Package files its initializers point into, by name. */
  readonly files: readonly string[];
  readonly derived: readonly PlacedData[];
}

/** Names of the decoder's cache tensors for one layer. */
export interface LayerCacheNames {
  readonly pastKey: string;
  readonly pastValue: string;
  readonly presentKey: string;
  readonly presentValue: string;
  readonly addedKey: string;
  readonly addedValue: string;
}

/**
 * Names of decoder layer `layer`'s cache inputs and outputs, each `[1, heads, positions, headSize]`; what a run adds,
 * `[1, positions, embedDim]`.
 */
export function layerCacheNames(layer: number): LayerCacheNames {
  return {
    pastKey: `past_key_${layer}`,
    pastValue: `past_value_${layer}`,
    presentKey: `present_key_${layer}`,
    presentValue: `present_value_${layer}`,
    addedKey: `added_key_${layer}`,
    addedValue: `added_value_${layer}`,
  };
}
