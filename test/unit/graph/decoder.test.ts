import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildDecoderGraph } from '../../../src/graph/decoder-graph.ts';
import { layerCacheNames } from '../../../src/graph/onnx-graph.ts';
import { GraphModel, relativeError } from '../../support/graph-model.ts';
import { openFixture } from '../../support/packages.ts';
import { createWasmSession } from '../../support/wasm-session.ts';

const ids = Array.from({ length: 19 }, (_, i) => (i * 37) % 1600);
let model: GraphModel;
let whole: Float32Array;

beforeAll(async () => {
  const weights = await openFixture('reference/random-f32', 'f32');
  model = await GraphModel.create(ort, weights, { device: 'wasm', activation: 'f32' }, createWasmSession);
  whole = await model.run(ids);
});
afterAll(() => model.release());

it.each([
  ['chunks of 11, 4, 3 and 1', [11, 4, 3, 1]],
  ['single tokens', ids.map(() => 1)],
])('gives the same logits for a prompt in %s', async (_, lengths) => {
  model.reset();
  let logits: Float32Array = new Float32Array(0);
  let start = 0;
  for (const length of lengths) {
    logits = await model.run(ids.slice(start, start + length));
    start += length;
  }
  expect(start).toBe(ids.length);
  expect(relativeError(logits, whole)).toBeLessThan(1e-5);
});

it('gives the same logits for a prompt padded on the right, and for what follows it', async () => {
  model.reset();
  await model.run(ids.slice(0, 9), [], { padding: 7 });
  const logits = await model.run(ids.slice(9), [], { padding: 3 });
  expect(relativeError(logits, whole)).toBeLessThan(1e-5);
});

it('forgets what lies behind the point it is rewound to', async () => {
  model.reset();
  await model.run(ids.slice(0, 8));
  await model.run([5, 6, 7, 8, 9, 10]);
  model.rewind(8);
  expect(relativeError(await model.run(ids.slice(8)), whole)).toBeLessThan(1e-5);
});

it('gives the logits of every wanted row, each as if the prompt ended there', async () => {
  model.reset();
  const wanted = [18, 3, 10];
  const logits = await model.run(ids, [], { wanted });
  for (const [i, row] of wanted.entries()) {
    model.reset();
    const alone = await model.run(ids.slice(0, row + 1));
    expect(relativeError(logits.subarray(i * alone.length, (i + 1) * alone.length), alone)).toBeLessThan(1e-5);
  }
});

it('where only what a run adds comes out, that is what it writes behind the caches, and the logits are the same', async () => {
  const weights = await openFixture('reference/random-f32', 'f32');
  const { layers, heads, embedDim } = weights.config.text;
  const size = embedDim / heads;
  const [filled, room, rows] = [3, 16, 5];
  const noise = (count: number, step: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i * step));
  const names = Array.from({ length: layers }, (_, layer) => layerCacheNames(layer));
  const run = async (addedOnly: boolean) => {
    const graph = buildDecoderGraph(weights.config, weights.weights, { device: 'wasm', activation: 'f32', addedOnly });
    const session = await createWasmSession(graph, weights.shards);
    const caches = names.flatMap(({ pastKey, pastValue }, layer) => [
      [pastKey, new ort.Tensor('float32', noise(heads * room * size, 1 + layer), [1, heads, room, size])] as const,
      [pastValue, new ort.Tensor('float32', noise(heads * room * size, 2 + layer), [1, heads, room, size])] as const,
    ]);
    const outputs = await session.run({
      hidden_states: new ort.Tensor('float32', noise(rows * embedDim, 0.7), [1, rows, embedDim]),
      seqlens_k: new ort.Tensor('int32', Int32Array.of(filled + rows - 1), [1]),
      total_sequence_length: new ort.Tensor('int32', Int32Array.of(filled + rows), [1]),
      logits_index: new ort.Tensor('int32', Int32Array.of(rows - 1), [1]),
      ...Object.fromEntries(caches),
    });
    await session.release();
    return outputs as Record<string, ort.Tensor>;
  };
  const [whole, added] = [await run(false), await run(true)];
  expect(added.logits?.data).toEqual(whole.logits?.data);
  expect(Object.keys(added).toSorted()).toEqual(
    ['logits', ...names.flatMap(({ addedKey, addedValue }) => [addedKey, addedValue])].toSorted(),
  );
  for (const { presentKey, presentValue, addedKey, addedValue } of names) {
    for (const [present, alone] of [
      [presentKey, addedKey],
      [presentValue, addedValue],
    ] as const) {
      const behind = Array.from({ length: rows * embedDim }, (_, i) => {
        const [position, head, at] = [Math.floor(i / embedDim), Math.floor(i / size) % heads, i % size];
        return whole[present]?.data[(head * room + filled + position) * size + at];
      });
      expect(added[alone]?.dims).toEqual([1, rows, embedDim]);
      expect(Array.from(added[alone]?.data as Float32Array)).toEqual(behind);
    }
  }
});
