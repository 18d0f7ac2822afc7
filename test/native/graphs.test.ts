import * as web from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { buildDecoderGraph } from '../../src/graph/decoder-graph.ts';
import { OnnxBuilder } from '../../src/graph/onnx-builder.ts';
import { buildVisionGraph } from '../../src/graph/vision-graph.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import type { SchemeName } from '../../src/package/schemes.ts';
import { recordedAnswers } from '../support/demo-scenes.ts';
import { argmax, GraphModel, type OrtModule, relativeError } from '../support/graph-model.ts';
import { openFixture } from '../support/packages.ts';
import { scenePixels, sceneSequence } from '../support/scene-inputs.ts';
import { createWasmSession } from '../support/wasm-session.ts';
import { createOnGpu, loadNativeOrt } from './ort-native.ts';

const native = await loadNativeOrt();
if (native.unavailable) console.warn(`Native WebGPU is not tested: ${native.unavailable}`);

/** Each `nth` scene's recorded answers: with all of them a software GPU takes minutes. ALL_SCENES=1 asks for them. */
function answersOfEvery(nth: number): typeof recordedAnswers {
  const scenes = [...new Set(recordedAnswers.map(({ image }) => image))];
  const wanted = scenes.filter((_, index) => process.env.ALL_SCENES || index % nth === 0);
  return recordedAnswers.filter(({ image }) => wanted.includes(image));
}

/** Below this gap between first and second choice float16 may take the second: its own error is of that size. */
const NEAR_TIE = 0.02;

interface Comparison {
  /** Largest errors, as parts of the range of the float32 values. */
  readonly rows: number;
  readonly logits: number;
  readonly meanLogits: number;
  readonly tokens: number;
  /** Gap between first and second choice in float32 wherever the other graph chose otherwise. */
  readonly disagreements: readonly number[];
}

describe.skipIf(native.unavailable)('graphs on native WebGPU', () => {
  const ort = native.ort as OrtModule;

  it.each([
    ['q8', 'f16'],
    ['q8', 'f32'],
    ['q4', 'f16'],
    ['q4', 'f32'],
    ['f16', 'f16'],
  ] satisfies [SchemeName, 'f16' | 'f32'][])(
    'run no node of a %s package with %s on the CPU',
    async (scheme, activation) => {
      const { config, weights, shards } = await openFixture('demo-model', scheme);
      const target = { device: 'webgpu', activation } as const;
      // Loading fails when a node is placed on the CPU; the next test shows that it does.
      for (const build of [buildVisionGraph, buildDecoderGraph]) {
        await (await createOnGpu(ort)(build(config, weights, target), shards)).release();
      }
    },
  );

  it('would refuse a graph with a node that only the CPU has', async () => {
    const builder = new OnnxBuilder('cpu_only');
    const input = builder.input('input', 'float32', [2, 2]);
    builder.node('product', 'com.microsoft.FusedMatMul', [input, input], { transB: { int: 1 } }, 'output');
    builder.output('output', 'float32', [2, 2]);
    await expect(createOnGpu(ort)(builder.build(), new Map())).rejects.toThrow(/CPU EP/);
  });

  // WASM gives all the recorded ids (test/unit/runtime/recall.test.ts), so no disagreement means WebGPU gives these
  // too.
  it('choose with float32 weights every id of the recorded answers of every sixth scene', async () => {
    const answers = answersOfEvery(6);
    const result = await compare(ort, await openFixture('demo-model', 'f32'), 'f32', answers);
    console.info('float32 weights on native WebGPU against WASM:', result);
    expect(result.tokens).toBe(answers.reduce((sum, { generated_ids }) => sum + generated_ids.length, 0));
    expect(result.logits).toBeLessThan(1e-4);
    expect(result.disagreements).toEqual([]);
  });

  it('give in float32 what WASM gives', async () => {
    const model = await openFixture('demo-model', 'q8');
    const result = await compare(ort, model, 'f32', recordedAnswers.slice(0, 2));
    console.info('float32 on native WebGPU against WASM:', result);
    expect(result.rows).toBeLessThan(1e-5);
    expect(result.logits).toBeLessThan(1e-5);
    expect(result.disagreements).toEqual([]);
  });

  it.skipIf(!native.float16)(
    'choose in float16 the ids of float32 in the captions of every third scene, near ties aside',
    async () => {
      const model = await openFixture('demo-model', 'q8');
      const descriptions = answersOfEvery(3).filter(({ prompt }) => prompt === '<grounding> An image of');
      const result = await compare(ort, model, 'f16', descriptions);
      console.info('float16 on native WebGPU against float32 on WASM:', result);
      expect(result.rows).toBeLessThan(0.02);
      expect(result.logits).toBeLessThan(0.03);
      for (const gap of result.disagreements) expect(gap).toBeLessThan(NEAR_TIE);
      expect(result.disagreements.length).toBeLessThan(result.tokens / 200);
    },
  );
});

/** Runs both graphs along the answers of float32 on WASM and compares every step. */
async function compare(
  ort: OrtModule,
  model: ModelPackage,
  activation: 'f16' | 'f32',
  answers: readonly { readonly image: string; readonly prompt: string }[],
): Promise<Comparison> {
  const gpu = await GraphModel.create(ort, model, { device: 'webgpu', activation }, createOnGpu(ort));
  const wasm = await GraphModel.create(web, model, { device: 'wasm', activation: 'f32' }, createWasmSession);
  const disagreements: number[] = [];
  let rowError = 0;
  let largest = 0;
  let sum = 0;
  let tokens = 0;
  // Answers come scene by scene; each picture is encoded once.
  let shown = '';
  let gpuRows: Float32Array = new Float32Array(0);
  let wasmRows: Float32Array = new Float32Array(0);
  for (const { image, prompt } of answers) {
    if (image !== shown) {
      const pixels = await scenePixels(image, model);
      gpuRows = await gpu.encodeImage(pixels);
      wasmRows = await wasm.encodeImage(pixels);
      shown = image;
    }
    rowError = Math.max(rowError, relativeError(gpuRows, wasmRows));
    const { ids, imageSpans } = sceneSequence(prompt, model);
    gpu.reset();
    wasm.reset();
    let actual = await gpu.prefill(
      ids,
      imageSpans.map(({ start }) => ({ start, rows: gpuRows })),
    );
    let expected = await wasm.prefill(
      ids,
      imageSpans.map(({ start }) => ({ start, rows: wasmRows })),
    );
    for (let step = 0; step < model.generation.maxNewTokens; step += 1) {
      const error = relativeError(actual, expected);
      largest = Math.max(largest, error);
      sum += error;
      tokens += 1;
      const choice = argmax(expected);
      if (argmax(actual) !== choice) disagreements.push(gapBelow(expected, choice));
      if (choice === model.config.text.eosTokenId) break;
      actual = await gpu.run([choice]);
      expected = await wasm.run([choice]);
    }
  }
  await gpu.release();
  await wasm.release();
  return { rows: rowError, logits: largest, meanLogits: sum / tokens, tokens, disagreements };
}

function gapBelow(logits: Float32Array, choice: number): number {
  const second = argmax(logits, new Set([choice]));
  return (logits[choice] as number) - (logits[second] as number);
}
