import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
