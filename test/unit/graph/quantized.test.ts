import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import type { GraphTarget } from '../../../src/graph/onnx-graph.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import type { SchemeName } from '../../../src/package/schemes.ts';
import type { StoredTensor, Weight, WeightBlock } from '../../../src/tensors/weight-index.ts';
import { GraphModel, type ImageRows, relativeError } from '../../support/graph-model.ts';
import { openFixture } from '../../support/packages.ts';
import { scenePixels, sceneSequence } from '../../support/scene-inputs.ts';
import { createWasmSession } from '../../support/wasm-session.ts';

const dense: GraphTarget = { device: 'wasm', activation: 'f32' };
const blocks: GraphTarget = { device: 'webgpu', activation: 'f32' };

/** Image rows and logits of a scene's description, some of whose tokens are fed one at a time. */
async function outputs(model: ModelPackage, target: GraphTarget) {
  const graphs = await GraphModel.create(ort, model, target, createWasmSession);
  const rows = await graphs.encodeImage(await scenePixels('scene-00.png', model));
  const { ids, imageSpans } = sceneSequence('<grounding> An image of', model);
  const images: ImageRows[] = imageSpans.map(({ start }) => ({ start, rows }));
  const prompt = await graphs.run(ids, images);
  const next = await graphs.run([2010]);
  await graphs.release();
  return { rows, prompt, next };
}

function expectSame(actual: Awaited<ReturnType<typeof outputs>>, expected: typeof actual): void {
  expect(relativeError(actual.rows, expected.rows)).toBeLessThan(1e-5);
  expect(relativeError(actual.prompt, expected.prompt)).toBeLessThan(1e-5);
  expect(relativeError(actual.next, expected.next)).toBeLessThan(1e-5);
}

describe.each(['q8', 'q4', 'q4-small'] satisfies SchemeName[])('a %s package', (scheme) => {
  it('means the same to MatMulNBits, in the graphs for WebGPU, as dequantized in those for WASM', async () => {
    const model = await openFixture('demo-model', scheme);
    const actual = await outputs(model, blocks);
    expect(actual.prompt).toHaveLength(model.config.text.vocabSize);
    expectSame(actual, await outputs(model, dense));
  });
});

describe.each(['f32', 'f16', 'q4'] satisfies SchemeName[])(
  'weights of a %s package in several blocks of rows',
  (scheme) => {
    it.each([
      ['WebGPU', blocks],
      ['WASM', dense],
    ])('give the same as whole ones in the graphs for %s', async (_, target) => {
      const model = await openFixture('demo-model', scheme);
      const split = new Map([...model.weights].map(([name, weight]) => [name, splitRows(weight)]));
      expectSame(await outputs({ ...model, weights: split }, target), await outputs(model, target));
    });
  },
);

/** A weight of two dimensions in three blocks of unequal size, none a multiple of 16 rows. */
function splitRows(weight: Weight): Weight {
  const [block] = weight.blocks;
  if (weight.shape.length !== 2 || !block || block.rows < 12) return weight;
  const cuts = [0, 5, Math.floor(block.rows / 2) + 3, block.rows];
  return { ...weight, blocks: cuts.slice(1).map((end, i) => rowsOf(block, cuts[i] as number, end)) };
}

function rowsOf({ rows, data, scales }: WeightBlock, start: number, end: number): WeightBlock {
  const slice = (tensor: StoredTensor): StoredTensor => {
    const rowBytes = tensor.byteLength / rows;
    return {
      ...tensor,
      name: `${tensor.name}@${start}`,
      shape: [end - start, ...tensor.shape.slice(1)],
      offset: tensor.offset + start * rowBytes,
      byteLength: (end - start) * rowBytes,
    };
  };
  const block = { rowStart: start, rows: end - start, data: slice(data) };
  return scales ? { ...block, scales: slice(scales) } : block;
}
