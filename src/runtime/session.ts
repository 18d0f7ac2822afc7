import type { DerivedData, OnnxGraph } from '../graph/onnx-graph.ts';
import type { ModelPackage, Shard } from '../package/model-package.ts';
import { notePhase } from '../protocol/phase.ts';
import { Scratch } from '../tensors/scratch.ts';
import { owned } from '../tensors/typed-view.ts';
import type { Backend } from './backend.ts';
import { LateBytes } from './late-bytes.ts';
import type { OrtTensor, Session, SessionOptions } from './ort.ts';
import { toRuntimeError } from './runtime-error.ts';
import type { SerialQueue } from './serial-queue.ts';
import { partOf, storedReader } from './stored-reader.ts';

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
  /** Keeps what a read throws, for onnxruntime would tell no more than that a file could not be read; and takes the time. */
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
  // onnxruntime copies what it is given before it asks for the next.
  const scratch = new Scratch();
  const onDisk = (shard: Shard) =>
    telling({ byteLength: shard.byteLength, subarray: (start, end) => partOf(shard, start, end, scratch) });
  const ofFile = (shard: Shard) => (shard instanceof Uint8Array ? shard : onDisk(shard));
  const ofDerived = ({ byteLength, make }: DerivedData) =>
    // The native build takes the address of external data, so it has to be there.
    backend.native
      ? owned(make(read))
      : telling({ byteLength, subarray: (start, end) => make(read, scratch).subarray(start, end) });
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

/**
 * Runs a session when its turn comes.
 * @param fetches what its outputs are written into, null where onnxruntime makes a tensor; all of them by default
 * @throws AppError OUT_OF_MEMORY, DEVICE_LOST or RUNTIME_FAILED
 */
export function runSession(
  session: Session,
  queue: SerialQueue,
  feeds: Readonly<Record<string, OrtTensor>>,
  fetches?: Readonly<Record<string, OrtTensor | null>>,
): Promise<Readonly<Record<string, OrtTensor>>> {
  return queue.run(async () => {
    try {
      return await (fetches ? session.run(feeds, fetches) : session.run(feeds));
    } catch (thrown) {
      throw toRuntimeError(thrown);
    }
  });
}
