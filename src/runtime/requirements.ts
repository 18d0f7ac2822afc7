import { longestRun } from '../graph/decoder-graph.ts';
import { fitsDense } from '../graph/fitting-target.ts';
import { MOST_GROUPS } from '../graph/int8-groups.ts';
import type { GraphTarget } from '../graph/onnx-graph.ts';
import type { Kosmos2Config } from '../kosmos2/config.ts';
import { type ExpectedWeight, expectedWeights } from '../package/expected-weights.ts';
import { type Encodings, MAX_SHARD_BYTES } from '../package/manifest.ts';
import { MOST_IN_MEMORY } from '../package/open-package.ts';
import { encodingOf } from '../package/schemes.ts';
import { matrixShape, sizeOf } from '../tensors/shape.ts';
import { type Encoding, isQuantized, QUANTIZATION_BLOCK } from '../tensors/weight-index.ts';
import { kvCapacity } from './kv-cache.ts';

/** Whether a package is stored in this browser and opened from there, or fetched into memory. */
export type Keeping = 'stored' | 'unstored';

/** What a model takes on a device, in bytes; known before a weight is fetched. */
export interface Requirements {
  /** All files: what is fetched and stored. */
  readonly packageBytes: number;
  /** Weights as the device multiplies them, KV cache, and room for a run: on the GPU, or in WebAssembly's memory. */
  readonly deviceBytes: number;
  /** These, and the package where it is read into the page's memory: the weights of a big one stay on the disk once it is stored. */
  readonly memoryBytes: Readonly<Record<Keeping, number>>;
  /** Of `deviceBytes`, what no way of running can do without: weights, and keys and values of as many positions as there may be. */
  readonly leastBytes: number;
  /** The largest array a shader reads. */
  readonly largestBinding: number;
}

/** Activations of the longest run, and what onnxruntime needs besides; measured at full size, rounded up. */
const RUN_BYTES = 256 * 2 ** 20;

/** A package that is there, or one that would be made. */
export interface PackageSize {
  /** Bytes of all its files. */
  readonly bytes: number;
  /** How the weights of each group are stored. */
  readonly encodings: Encodings;
}

/** What a package of this size and config takes when its graphs are built for `target`. */
export function requirementsOf(config: Kosmos2Config, size: PackageSize, target: GraphTarget): Requirements {
  let weightBytes = 0;
  let largest = 0;
  for (const { weight, encoding, bytes } of weightsOn(config, size, target)) {
    weightBytes += bytes;
    // A weight larger than a file lies in blocks of rows, which stay apart on the device.
    const blocks = Math.ceil(storedBytes(weight, encoding) / MAX_SHARD_BYTES);
    largest = Math.max(largest, bytes / blocks);
  }
  const { layers, embedDim } = config.text;
  const numberBytes = target.activation === 'f16' ? 2 : 4;
  const spare = target.device === 'webgpu' ? longestRun(target) : 0;
  const positionBytes = 2 * layers * embedDim * numberBytes;
  const cacheBytes = positionBytes * (kvCapacity(config.text) + spare);
  // On WASM the attention puts what went into a run together with what the run adds, at most as much again.
  const caches = target.device === 'webgpu' ? cacheBytes : 2 * cacheBytes;
  const deviceBytes = Math.ceil(weightBytes + caches + RUN_BYTES);
  return {
    packageBytes: size.bytes,
    deviceBytes,
    memoryBytes: {
      stored: deviceBytes + (size.bytes <= MOST_IN_MEMORY ? size.bytes : 0),
      unstored: deviceBytes + size.bytes,
    },
    leastBytes: Math.ceil(weightBytes + positionBytes * kvCapacity(config.text)),
    largestBinding: Math.ceil(largest),
  };
}

/** A weight of a model, how its package stores it, and its bytes when a graph reads it. */
interface WeightSize {
  readonly weight: ExpectedWeight;
  readonly encoding: Encoding;
  readonly bytes: number;
}

/** All weights of a model, for graphs that are built for `target`. */
export function weightsOn(
  config: Kosmos2Config,
  { encodings }: Pick<PackageSize, 'encodings'>,
  target: GraphTarget,
): WeightSize[] {
  const weights = [...expectedWeights(config)];
  const int8 = target.device === 'wasm' && !fitsDense(weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  return weights.map((weight) => {
    const encoding = encodingOf(encodings, weight);
    return { weight, encoding, bytes: bytesOn(target, int8, weight, encoding) };
  });
}

function storedBytes({ shape }: ExpectedWeight, encoding: Encoding): number {
  const scales = 2 / QUANTIZATION_BLOCK;
  return sizeOf(shape) * { f32: 4, f16: 2, q8: 1 + scales, q4: 0.5 + scales }[encoding];
}

/** Bytes of a weight as a graph for `target` reads it (see graph/linear.ts). */
function bytesOn(target: GraphTarget, int8: boolean, weight: ExpectedWeight, encoding: Encoding): number {
  const numbers = sizeOf(weight.shape);
  const numberBytes = target.activation === 'f16' ? 2 : 4;
  if (target.device === 'webgpu' && isQuantized(encoding)) {
    return numbers * ((encoding === 'q4' ? 0.5 : 1) + numberBytes / QUANTIZATION_BLOCK);
  }
  if (int8 && weight.group !== 'float') return numbers + 4 * MOST_GROUPS * matrixShape(weight.shape).rows;
  return numbers * numberBytes;
}
