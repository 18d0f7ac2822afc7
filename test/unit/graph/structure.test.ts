import { beforeAll, describe, expect, it } from 'vitest';
import { buildDecoderGraph } from '../../../src/graph/decoder-graph.ts';
import type { GraphTarget } from '../../../src/graph/onnx-graph.ts';
import { buildVisionGraph } from '../../../src/graph/vision-graph.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import { TensorError } from '../../../src/tensors/errors.ts';
import { readOnnx } from '../../support/onnx-reader.ts';
import { openFixture } from '../../support/packages.ts';

const gpu: GraphTarget = { device: 'webgpu', activation: 'f16' };

describe('graphs of the quantized demo model', () => {
  let model: ModelPackage;
  beforeAll(async () => {
    model = await openFixture('demo-model', 'q4');
  });
  const graphs = (target: GraphTarget) => [
    buildVisionGraph(model.config, model.weights, target),
    buildDecoderGraph(model.config, model.weights, target),
  ];

  it.each(['f16', 'f32'] as const)('multiply every linear layer by MatMulNBits on WebGPU with %s', (activation) => {
    const nodes = graphs({ device: 'webgpu', activation }).flatMap((graph) => readOnnx(graph.model).nodes);
    const codes = nodes.filter((node) => node.op === 'MatMulNBits').map((node) => node.inputs[1]);
    const linear = [...model.weights.values()].filter(({ name, shape }) => shape.length === 2 && !isLookup(name));
    expect(codes.toSorted()).toEqual(linear.flatMap(({ blocks }) => blocks.map(({ data }) => data.name)).toSorted());
    const others = nodes.filter((node) => ['MatMul', 'Gemm', 'FusedMatMul'].includes(node.op));
    // The two products inside attention multiply activations with each other.
    expect(others.filter((node) => !/:(scores|mixed)$/.test(node.name))).toEqual([]);
  });

  it('use no MatMulNBits on WASM, where it is slow', () => {
    const nodes = graphs({ device: 'wasm', activation: 'f32' }).flatMap((graph) => readOnnx(graph.model).nodes);
    expect(nodes.filter((node) => node.op === 'MatMulNBits')).toEqual([]);
    expect(nodes.filter((node) => node.op === 'Gemm').length).toBeGreaterThan(50);
  });

  it('derive nothing for float16 on WebGPU but the float32 scales of the language head', () => {
    const derived = graphs(gpu).flatMap((graph) => graph.derived.map(({ path }) => path));
    const scales = model.weights.get('text_model.model.embed_tokens.weight')?.blocks[0]?.scales;
    expect(derived).toEqual([`derived/${scales?.name}`]);
  });

  it('hold no weights themselves, and point only at tensors of the shards and at their own derived data', () => {
    const stored = new Map(
      [...model.weights.values()].flatMap(({ blocks }) =>
        blocks.flatMap(({ data, scales }) => [data, ...(scales ? [scales] : [])].map((t) => [t.name, t] as const)),
      ),
    );
    for (const graph of [...graphs(gpu), ...graphs({ device: 'wasm', activation: 'f32' })]) {
      expect(graph.model.length).toBeLessThan(100_000);
      const derived = new Map(graph.derived.map((data) => [data.path, data.byteLength]));
      for (const { name, location, offset, length } of readOnnx(graph.model).externals) {
        if (derived.has(location)) {
          expect([offset, length]).toEqual([0, derived.get(location)]);
          derived.delete(location);
        } else {
          const tensor = stored.get(name);
          expect(graph.files).toContain(location);
          expect([location, offset, length]).toEqual([tensor?.file, tensor?.offset, tensor?.byteLength]);
        }
      }
      expect([...derived.keys()]).toEqual([]);
    }
  });
});

describe('weights that do not fit the config', () => {
  it.each([
    ['missing', (weights: Map<string, unknown>, name: string) => weights.delete(name)],
    [
      'of another shape',
      (weights: Map<string, object>, name: string) => weights.set(name, { ...weights.get(name), shape: [64, 65] }),
    ],
    [
      'short of rows',
      (weights: Map<string, object>, name: string) => weights.set(name, { ...weights.get(name), blocks: [] }),
    ],
  ])('are refused by name when %s', async (_, spoil) => {
    const { config, weights } = await openFixture('reference/random-f32', 'f32');
    for (const [name, build] of [
      ['text_model.model.layers.1.self_attn.k_proj.weight', buildDecoderGraph],
      ['image_to_text_projection.dense.weight', buildVisionGraph],
    ] as const) {
      const spoilt = new Map(weights);
      spoil(spoilt, name);
      expect(() => build(config, spoilt, gpu)).toThrow(TensorError);
      expect(() => build(config, spoilt, gpu)).toThrow(name);
    }
  });
});

/** Two-dimensional weights that rows are read from, not multiplied by. */
function isLookup(name: string): boolean {
  return name.endsWith('position_embedding.weight') || name.endsWith('latent_query');
}
