import type { DerivedData, OnnxGraph, ReadStored } from '../graph/onnx-graph.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { Backend } from './backend.ts';
import { LateBytes } from './late-bytes.ts';
import type { Session, SessionOptions } from './ort.ts';
import { toRuntimeError } from './runtime-error.ts';
import type { SerialQueue } from './serial-queue.ts';

/** Reads stored tensors out of an open package's shards, without copying. */
export function storedReader(shards: ModelPackage['shards']): ReadStored {
  return ({ name, file, offset, byteLength }) => {
    const shard = shards.get(file);
    if (!shard || offset + byteLength > shard.byteLength) {
      throw new AppError('PACKAGE_FILE_INVALID', `The package's file ${file} does not hold ${name}. Fetch it again.`, {
        file,
      });
    }
    return shard.subarray(offset, offset + byteLength);
  };
}

/**
 * Makes a session from a graph: its initializers are read from the package's shards and from data derived from them.
 * @throws AppError OUT_OF_MEMORY, DEVICE_LOST or RUNTIME_FAILED
 */
export async function createSession(
  backend: Backend,
  graph: OnnxGraph,
  shards: ModelPackage['shards'],
  queue: SerialQueue,
): Promise<Session> {
  const read = storedReader(shards);
  let failure: unknown;
  const make = (derived: DerivedData) => () => {
    try {
      return derived.make(read);
    } catch (thrown) {
      // onnxruntime would tell no more than that the file could not be read.
      failure = thrown;
      throw thrown;
    }
  };
  const externalData = [
    ...graph.files.map((path) => ({ path, data: shards.get(path) as Uint8Array })),
    ...graph.derived.map((derived) => ({ path: derived.path, data: new LateBytes(derived.byteLength, make(derived)) })),
  ];
  const options: SessionOptions = {
    executionProviders: [...backend.providers],
    graphOptimizationLevel: 'all',
    externalData,
  };
  return queue.run(async () => {
    try {
      return await backend.ort.InferenceSession.create(graph.model, options);
    } catch (thrown) {
      throw toRuntimeError(failure ?? thrown);
    }
  });
}
