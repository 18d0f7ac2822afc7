import type { DerivedData, OnnxGraph, ReadStored } from '../graph/onnx-graph.ts';
import type { ModelPackage, Shard } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import { notePhase } from '../protocol/phase.ts';
import type { StoredTensor, Weight } from '../tensors/weight-index.ts';
import type { Backend } from './backend.ts';
import { LateBytes } from './late-bytes.ts';
import type { Session, SessionOptions } from './ort.ts';
import { toRuntimeError } from './runtime-error.ts';
import type { SerialQueue } from './serial-queue.ts';

/** Tensors kept of what was read last: the codes and scales of the weight at work. */
const KEPT_READS = 2;

/**
 * Reads stored tensors of an open package. Several derived data are made of each weight one after the other, so the last
 * reads are kept where the shards are not in memory.
 */
export function storedReader(shards: ModelPackage['shards']): ReadStored {
  const kept: { readonly tensor: StoredTensor; readonly bytes: Uint8Array }[] = [];
  return (tensor) => {
    const { name, file, offset, byteLength } = tensor;
    const shard = shards.get(file);
    if (!shard || offset + byteLength > shard.byteLength) {
      throw new AppError('PACKAGE_FILE_INVALID', `The package's file ${file} does not hold ${name}. Fetch it again.`, {
        file,
      });
    }
    if (shard instanceof Uint8Array) return shard.subarray(offset, offset + byteLength);
    const found = kept.find((one) => one.tensor === tensor);
    if (found) return found.bytes;
    const bytes = shard.subarray(offset, offset + byteLength);
    kept.push({ tensor, bytes });
    if (kept.length > KEPT_READS) kept.shift();
    return bytes;
  };
}

/** Reads one weight's tensors and no others: from memory, whatever becomes of the package. */
export function keptReader(weight: Weight, read: ReadStored): ReadStored {
  const kept = new Map<StoredTensor, Uint8Array>();
  for (const { data, scales } of weight.blocks) {
    for (const tensor of scales ? [data, scales] : [data]) kept.set(tensor, read(tensor).slice());
  }
  return (tensor) => kept.get(tensor) as Uint8Array;
}

/**
 * Makes a session from a graph: its initializers are read from the package's shards and from data derived from them.
 * @param more options of onnxruntime besides
 * @throws AppError OUT_OF_MEMORY, DEVICE_LOST or RUNTIME_FAILED
 */
export async function createSession(
  backend: Backend,
  name: string,
  graph: OnnxGraph,
  shards: ModelPackage['shards'],
  queue: SerialQueue,
  more: SessionOptions = {},
): Promise<Session> {
  const read = storedReader(shards);
  let failure: unknown;
  /** Milliseconds in which bytes were read and made. */
  let feeding = 0;
  /** onnxruntime would tell no more than that a file could not be read. */
  const telling = (source: Shard) =>
    new LateBytes({
      byteLength: source.byteLength,
      subarray(start, end) {
        const began = performance.now();
        try {
          return source.subarray(start, end);
        } catch (thrown) {
          failure = thrown;
          throw thrown;
        } finally {
          feeding += performance.now() - began;
        }
      },
    });
  const ofFile = (shard: Shard) => (shard instanceof Uint8Array ? shard : telling(shard));
  const ofDerived = ({ byteLength, make }: DerivedData) =>
    // The native build takes the address of external data, so it has to be there.
    backend.native ? make(read) : telling({ byteLength, subarray: (start, end) => make(read).subarray(start, end) });
  const externalData = [
    ...graph.files.map((path) => ({ path, data: ofFile(shards.get(path) as Shard) })),
    ...graph.derived.map((derived) => ({ path: derived.path, data: ofDerived(derived) })),
  ];
  const options: SessionOptions = {
    executionProviders: [...backend.providers],
    // The higher levels find nothing in our graphs on WASM (no bit of a result changes), and take a third of opening to look.
    graphOptimizationLevel: backend.target.device === 'wasm' ? 'basic' : 'all',
    ...backend.native?.options,
    ...more,
    externalData,
  };
  return queue.run(async () => {
    const began = performance.now();
    try {
      return await backend.ort.InferenceSession.create(graph.model, options);
    } catch (thrown) {
      throw toRuntimeError(failure ?? thrown);
    } finally {
      notePhase(`${name} session`, began);
      notePhase(`${name} weights`, began, feeding);
    }
  });
}
