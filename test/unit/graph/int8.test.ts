import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import type { GraphTarget } from '../../../src/graph/onnx-graph.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import type { SchemeName } from '../../../src/package/schemes.ts';
import { recordedAnswers } from '../../support/demo-scenes.ts';
import { argmax, GraphModel } from '../../support/graph-model.ts';
import { openFixture } from '../../support/packages.ts';
import { scenePixels, sceneSequence } from '../../support/scene-inputs.ts';
import { createWasmSession } from '../../support/wasm-session.ts';

const dense: GraphTarget = { device: 'wasm', activation: 'f32' };
const int8: GraphTarget = { ...dense, int8: true };

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
