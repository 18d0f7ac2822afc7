import { OnnxBuilder } from '../graph/onnx-builder.ts';
import type { Ort, Provider } from './ort.ts';

/** Side of the matrix, and how often it is multiplied: some milliseconds on a CPU. */
const SIDE = 512;
const PRODUCTS = 8;
const RUNS = 3;

/**
 * Starts a device of onnxruntime's native build by letting it multiply a matrix with itself.
 * @returns the shortest of some runs, in milliseconds
 * @throws what onnxruntime throws where the device does not start
 */
export async function probeMilliseconds({ InferenceSession, Tensor }: Ort, provider: string): Promise<number> {
  const graph = new OnnxBuilder('probe');
  const matrix = graph.input('matrix', 'float32', [SIDE, SIDE]);
  let product = matrix;
  for (let i = 1; i < PRODUCTS; i++) product = graph.node(`product_${i}`, 'MatMul', [product, matrix]);
  graph.node('last', 'MatMul', [product, matrix], {}, 'result');
  graph.output('result', 'float32', [SIDE, SIDE]);
  const session = await InferenceSession.create(graph.build().model, {
    executionProviders: [provider as Provider],
    logSeverityLevel: 4,
  });
  try {
    const feeds = { matrix: new Tensor('float32', new Float32Array(SIDE * SIDE).fill(1 / SIDE), [SIDE, SIDE]) };
    let shortest = Number.POSITIVE_INFINITY;
    for (let run = 0; run <= RUNS; run++) {
      const started = performance.now();
      await session.run(feeds);
      // The first run compiles.
      if (run > 0) shortest = Math.min(shortest, performance.now() - started);
    }
    return shortest;
  } finally {
    await session.release();
  }
}
