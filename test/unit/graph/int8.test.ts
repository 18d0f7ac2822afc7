import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { GraphScope } from '../../../src/graph/graph-scope.ts';
import { int8Product } from '../../../src/graph/int8-product.ts';
import { projection } from '../../../src/graph/linear.ts';
import { OnnxBuilder } from '../../../src/graph/onnx-builder.ts';
import type { GraphTarget } from '../../../src/graph/onnx-graph.ts';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import type { SchemeName } from '../../../src/package/schemes.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';
import { recordedAnswers } from '../../support/demo-scenes.ts';
import { argmax, GraphModel } from '../../support/graph-model.ts';
import { openFixture } from '../../support/packages.ts';
import { scenePixels, sceneSequence } from '../../support/scene-inputs.ts';
import { createWasmSession } from '../../support/wasm-session.ts';

const dense: GraphTarget = { device: 'wasm', activation: 'f32' };
const int8: GraphTarget = { ...dense, int8: int8Product };

/** Logits along the recorded answers, each read in one run: `[answer][position * vocabSize]`. */
async function logitsAlong(model: ModelPackage, target: GraphTarget, answers: typeof recordedAnswers) {
  const graphs = await GraphModel.create(ort, model, target, createWasmSession);
  const logits: Float32Array[] = [];
  let shown = '';
  let rows = new Float32Array(0);
  for (const { image, prompt, generated_ids } of answers) {
    if (image !== shown) rows = Float32Array.from(await graphs.encodeImage(await scenePixels(image, model)));
    shown = image;
    const { ids, imageSpans } = sceneSequence(prompt, model);
    graphs.reset();
    const all = [...ids, ...generated_ids.slice(0, -1)];
    const wanted = generated_ids.map((_, i) => ids.length - 1 + i);
    const images = imageSpans.map(({ start }) => ({ start, rows }));
    logits.push(Float32Array.from(await graphs.run(all, images, { wanted })));
  }
  await graphs.release();
  return logits;
}

describe.each(['f32', 'q4'] satisfies SchemeName[])('a %s package multiplied in int8 on WASM', (scheme) => {
  it('chooses the tokens of float32 weights but for one in 50', async () => {
    const model = await openFixture('demo-model', scheme);
    const { vocabSize } = model.config.text;
    const answers = recordedAnswers.slice(0, 16);
    const expected = await logitsAlong(model, dense, answers);
    const actual = await logitsAlong(model, int8, answers);
    let tokens = 0;
    let changed = 0;
    for (const [answer, values] of expected.entries()) {
      for (let at = 0; at < values.length; at += vocabSize) {
        tokens += 1;
        const other = actual[answer]?.subarray(at, at + vocabSize) as Float32Array;
        if (argmax(other) !== argmax(values.subarray(at, at + vocabSize))) changed += 1;
      }
    }
    console.info(`int8 of ${scheme}: ${changed} of ${tokens} tokens changed`);
    expect(tokens).toBeGreaterThan(200);
    expect(changed).toBeLessThan(tokens / 50);
  });
});

it('an input 60 times as large as the others costs these no accuracy to speak of', async () => {
  const [outputs, inputs] = [100, 2048];
  const random = mulberry32(3);
  const bell = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
  const values = Float32Array.from({ length: outputs * inputs }, bell);
  const data: StoredTensor = {
    ...{ name: 'w', dtype: 'F32', shape: [outputs, inputs], file: 'f', offset: 0, byteLength: values.byteLength },
  };
  const block = { rowStart: 0, rows: outputs, data };
  const weight: Weight = { name: 'w', shape: [outputs, inputs], encoding: 'f32', blocks: [block] };
  const product = async (target: GraphTarget, input: Float32Array) => {
    const builder = new OnnxBuilder('product');
    const scope = new GraphScope(builder, new Map([['w', weight]]), target);
    const value = builder.input('input', 'float32', [1, 'rows', inputs]);
    scope.outputFloat32('output', projection(scope, 'product', weight, value), [1, 'rows', outputs]);
    const session = await createWasmSession(builder.build(), new Map([['f', new Uint8Array(values.buffer)]]));
    const { output } = await session.run({ input: new ort.Tensor('float32', input, [1, 3, inputs]) });
    await session.release();
    return output?.data as Float32Array;
  };
  const input = Float32Array.from({ length: 3 * inputs }, bell);
  const others = await product(dense, input);
  // In the second row alone: the scales of the rows around it are their own.
  input[inputs + 700] = 60;
  const [expected, actual] = [await product(dense, input), await product(int8, input)];
  const size = (row: number, of: (i: number) => number) =>
    Math.hypot(...Array.from({ length: outputs }, (_, i) => of(row * outputs + i)));
  const errors = [0, 1, 2].map((row) => {
    const error = size(row, (i) => (actual[i] as number) - (expected[i] as number));
    return error / size(row, (i) => others[i] as number);
  });
  console.info(`int8 products: errors of ${errors.map((error) => `${(100 * error).toFixed(2)}%`).join(', ')}`);
  expect(errors[0]).toBeLessThan(0.015);
  expect(errors[1]).toBeLessThan(0.02);
  expect(errors[2]).toBeLessThan(0.015);
});
