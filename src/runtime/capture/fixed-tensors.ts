import { OnnxBuilder, type Value } from '../../graph/onnx-builder.ts';
import type { ElementType } from '../../graph/onnx-proto.ts';
import type { Backend } from '../backend.ts';
import type { OrtTensor, Session } from '../ort.ts';
import type { SerialQueue } from '../serial-queue.ts';
import { createSession, runSession } from '../session.ts';

export interface FixedShape {
  readonly type: Extract<ElementType, 'float32' | 'float16' | 'int32'>;
  readonly dims: readonly number[];
}

/** Tensors in GPU buffers that onnxruntime made, and the session they belong to, which is to be released after them. */
export interface FixedTensors {
  readonly tensors: Readonly<Record<string, OrtTensor>>;
  readonly session: Session;
}

const NO_SHARDS = new Map();

/**
 * Makes tensors full of zeros in GPU buffers of onnxruntime's own: a captured session keeps the buffers it was bound to first,
 * and those made elsewhere onnxruntime-web forgets after each run.
 * @throws AppError OUT_OF_MEMORY, DEVICE_LOST or RUNTIME_FAILED
 */
export async function makeFixedTensors(
  backend: Backend,
  shapes: Readonly<Record<string, FixedShape>>,
  queue: SerialQueue,
): Promise<FixedTensors> {
  const { Tensor } = backend.ort;
  const builder = new OnnxBuilder('fixed_tensors');
  const zeros = {
    float32: new Tensor('float32', new Float32Array(1), [1]) as OrtTensor,
    float16: new Tensor('float16', new Uint16Array(1), [1]) as OrtTensor,
    int32: new Tensor('int32', new Int32Array(1), [1]) as OrtTensor,
  };
  const feeds: Record<string, OrtTensor> = {};
  for (const [name, { type, dims }] of Object.entries(shapes)) {
    // An input and no constant: what follows from constants alone is computed when the session is made, and lies on the CPU.
    const zero = feeds[type] ? (type as Value) : builder.input(type, type, [1]);
    feeds[type] = zeros[type];
    builder.node(`${name}:expand`, 'Expand', [zero, builder.shape(dims)], {}, name);
    builder.output(name, type, dims);
  }
  const session = await createSession(backend, 'fixed tensors', builder.build(), NO_SHARDS, queue, {
    preferredOutputLocation: 'gpu-buffer',
  });
  try {
    return { tensors: await runSession(session, queue, feeds), session };
  } catch (thrown) {
    await queue.run(() => session.release());
    throw thrown;
  }
}
