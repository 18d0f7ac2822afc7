import { OnnxBuilder } from '../../graph/onnx-builder.ts';
import type { Backend } from '../backend.ts';
import type { Ceiling } from './gpu-ceilings.ts';
import { measure } from './measure.ts';

const COPY_NUMBERS = 16 * 2 ** 20;
const SIZE = 512;

/** How fast the processor reads and writes memory: one array copied into another. */
export async function cpuCopyCeiling(runs: number): Promise<Ceiling> {
  const source = new Float32Array(COPY_NUMBERS).fill(1);
  const target = new Float32Array(COPY_NUMBERS);
  const time = await measure(runs, () => target.set(source));
  return { time, amount: 2 * source.byteLength };
}

/** How fast onnxruntime multiplies dense float32 matrices on this processor, by its own best kernel. */
export async function cpuProductCeiling({ ort, providers }: Backend, runs: number): Promise<Ceiling> {
  const builder = new OnnxBuilder('product');
  const left = builder.input('left', 'float32', [SIZE, SIZE]);
  const right = builder.input('right', 'float32', [SIZE, SIZE]);
  builder.node('product', 'MatMul', [left, right], {}, 'product');
  builder.output('product', 'float32', [SIZE, SIZE]);
  const session = await ort.InferenceSession.create(builder.build().model, { executionProviders: [...providers] });
  const matrix = new ort.Tensor('float32', new Float32Array(SIZE * SIZE).fill(0.5), [SIZE, SIZE]);
  const time = await measure(runs, () => session.run({ left: matrix, right: matrix }));
  await session.release();
  return { time, amount: 2 * SIZE ** 3 };
}
