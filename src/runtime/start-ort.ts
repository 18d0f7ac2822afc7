import { OnnxBuilder } from '../graph/onnx-builder.ts';
import type { Ort } from './ort.ts';
import { toRuntimeError } from './runtime-error.ts';

/**
 * Fetches and compiles onnxruntime's wasm. It does so by itself, but not before its first session: a session of the
 * smallest graph lets that happen while the weights are still on their way.
 * @throws AppError OUT_OF_MEMORY or RUNTIME_FAILED
 */
export async function startOrt({ InferenceSession }: Ort): Promise<void> {
  const graph = new OnnxBuilder('start');
  graph.node('same', 'Identity', [graph.input('x', 'float32', [1])], {}, 'y');
  graph.output('y', 'float32', [1]);
  try {
    const session = await InferenceSession.create(graph.build().model, { executionProviders: ['wasm'] });
    await session.release();
  } catch (thrown) {
    throw toRuntimeError(thrown);
  }
}
