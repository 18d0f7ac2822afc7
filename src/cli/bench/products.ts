import { GraphScope } from '../../graph/graph-scope.ts';
import { int8Product } from '../../graph/int8-product.ts';
import { projection } from '../../graph/linear.ts';
import { OnnxBuilder } from '../../graph/onnx-builder.ts';
import type { GraphTarget } from '../../graph/onnx-graph.ts';
import type { Backend } from '../../runtime/backend.ts';
import { SerialQueue } from '../../runtime/serial-queue.ts';
import { createSession } from '../../runtime/session.ts';
import { blockBytes } from '../../tensors/dequantize.ts';
import { quantizeRows } from '../../tensors/quantize.ts';
import { bytesOf } from '../../tensors/typed-view.ts';
import { QUANTIZATION_BLOCK, type StoredTensor, type Weight } from '../../tensors/weight-index.ts';

/** The matrix of the full model's feed-forward layers, 8192 outputs by 2048 inputs. */
const [OUTPUTS, INPUTS] = [8192, 2048];
/** A token's row, and as many as prefill takes at once. */
const ROWS = [1, 64];
/** How a graph for WASM can multiply by a weight of 4 bits. */
const WAYS: Readonly<Record<string, Partial<GraphTarget>>> = {
  'in float32': {},
  'by its codes': { codes: true },
  'in int8': { int8: int8Product },
};

/** One product with a matrix of the full model, every way: for measuring. */
export async function* products(backend: Backend): AsyncGenerator<{ readonly name: string; run(): Promise<unknown> }> {
  const { weight, bytes } = quantizedWeight();
  const queue = new SerialQueue();
  for (const [way, change] of Object.entries(WAYS)) {
    const builder = new OnnxBuilder('product');
    const scope = new GraphScope(builder, new Map([[weight.name, weight]]), { ...backend.target, ...change });
    const input = builder.input('input', 'float32', [1, 'rows', INPUTS]);
    scope.outputFloat32('output', projection(scope, 'product', weight, input), [1, 'rows', OUTPUTS]);
    const session = await createSession(backend, 'product', builder.build(), new Map([['weight', bytes]]), queue);
    for (const rows of ROWS) {
      const numbers = Float32Array.from({ length: rows * INPUTS }, (_, i) => Math.sin(i * i));
      const feeds = { input: new backend.ort.Tensor('float32', numbers, [1, rows, INPUTS]) };
      const fetches = { output: null };
      yield {
        name: `a product ${way}, ${rows === 1 ? '1 row' : `${rows} rows`}`,
        run: () => session.run(feeds, fetches),
      };
    }
    await session.release();
  }
}

function quantizedWeight(): { readonly weight: Weight; readonly bytes: Uint8Array } {
  const values = Float32Array.from({ length: OUTPUTS * INPUTS }, (_, i) => Math.sin(i * i) / 50);
  const blocks = values.length / QUANTIZATION_BLOCK;
  const codes = new Uint8Array(blocks * blockBytes('q4'));
  const scales = new Uint16Array(blocks);
  quantizeRows('q4', values, codes, scales, 'weight');
  const bytes = new Uint8Array(codes.length + scales.byteLength);
  bytes.set(codes);
  bytes.set(bytesOf(scales), codes.length);
  const stored = (name: string, dtype: StoredTensor['dtype'], shape: number[], offset: number, byteLength: number) => ({
    ...{ name, dtype, shape, file: 'weight', offset, byteLength },
  });
  const block = {
    rowStart: 0,
    rows: OUTPUTS,
    data: stored('codes', 'U8', [codes.length], 0, codes.length),
    scales: stored('scales', 'F16', [scales.length], codes.length, scales.byteLength),
  };
  return { weight: { name: 'weight', shape: [OUTPUTS, INPUTS], encoding: 'q4', blocks: [block] }, bytes };
}
