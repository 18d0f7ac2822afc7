import { describe, expect, it } from 'vitest';
import { buildDecoderGraph } from '../../../src/graph/decoder-graph.ts';
import { fittingTarget } from '../../../src/graph/fitting-target.ts';
import type { GraphTarget } from '../../../src/graph/onnx-graph.ts';
import { buildVisionGraph } from '../../../src/graph/vision-graph.ts';
import { type Kosmos2Config, parseConfig } from '../../../src/kosmos2/config.ts';
import { expectedWeights } from '../../../src/package/expected-weights.ts';
import { shardBytes } from '../../../src/package/plan-import.ts';
import { planShards } from '../../../src/package/plan-shards.ts';
import { readWeightIndex } from '../../../src/package/read-weight-index.ts';
import { SCHEMES, type SchemeName } from '../../../src/package/schemes.ts';
import { judgeDevice } from '../../../src/runtime/judge-device.ts';
import { type Keeping, type PackageSize, requirementsOf } from '../../../src/runtime/requirements.ts';
import { readOnnx } from '../../support/onnx-reader.ts';

const full = parseConfig({ model_type: 'kosmos-2', text_config: {}, vision_config: {} });
const targets: GraphTarget[] = [
  { device: 'webgpu', activation: 'f16' },
  { device: 'webgpu', activation: 'f32' },
  { device: 'wasm', activation: 'f32' },
];
const GB = 2 ** 30;

function sizeOf(config: Kosmos2Config, scheme: SchemeName): PackageSize {
  return { bytes: shardBytes(expectedWeights(config), scheme), encodings: SCHEMES[scheme] };
}

/** Bytes of the weights the graphs of the full size point at, from the plan of its files alone. */
async function graphWeights(scheme: SchemeName, target: GraphTarget): Promise<number[]> {
  const stored = planShards(expectedWeights(full), SCHEMES[scheme]).flatMap(({ layout }) => layout.tensors);
  const weights = readWeightIndex(stored, full);
  const fitting = await fittingTarget(target, weights);
  const initializers = new Map<string, number>();
  for (const graph of [buildVisionGraph(full, weights, fitting), buildDecoderGraph(full, weights, fitting)]) {
    for (const { location, offset, length } of readOnnx(graph.model).externals) {
      initializers.set(`${location}@${offset}`, length);
    }
  }
  return [...initializers.values()];
}

describe.each(['q4', 'q8', 'f16'] satisfies SchemeName[])('the full model as %s', (scheme) => {
  it.each(targets)('takes on %o what its graphs point at, the KV cache and room for a run', async (target) => {
    const { deviceBytes, leastBytes, largestBinding } = requirementsOf(full, sizeOf(full, scheme), target);
    const lengths = await graphWeights(scheme, target);
    const weights = lengths.reduce((sum, length) => sum + length, 0);
    const positions = target.device === 'webgpu' ? 1024 + 31 : 2 * 1024;
    const cache = 2 * 24 * 2048 * positions * (target.activation === 'f16' ? 2 : 4);
    expect(Math.abs(deviceBytes / (weights + cache + 256 * 2 ** 20) - 1)).toBeLessThan(0.01);
    const least = weights + 2 * 24 * 2048 * 1024 * (target.activation === 'f16' ? 2 : 4);
    expect(Math.abs(leastBytes / least - 1)).toBeLessThan(0.01);
    // What a shader reads matters on a GPU alone. Codes and scales are two arrays in the graph, one here.
    if (target.device === 'wasm') return;
    expect(largestBinding / Math.max(...lengths)).toBeGreaterThan(0.95);
    expect(largestBinding / Math.max(...lengths)).toBeLessThan(1.3);
  });

  it('stays below what a browser lets a page have', () => {
    const [float16, , wasm] = targets.map((target) => requirementsOf(full, sizeOf(full, scheme), target));
    expect(wasm?.deviceBytes).toBeLessThan(4 * GB);
    expect(float16?.largestBinding).toBeLessThanOrEqual(128 * 2 ** 20);
  });
});

describe('the verdict on a device', () => {
  const [onGpu, , onHost] = targets.map((target) => requirementsOf(full, sizeOf(full, 'q4'), target)) as [
    ReturnType<typeof requirementsOf>,
    unknown,
    ReturnType<typeof requirementsOf>,
  ];
  const gpu = { maxBufferSize: 256 * 2 ** 20, maxStorageBufferBindingSize: 128 * 2 ** 20 };
  const verdicts = (facts: Parameters<typeof judgeDevice>[0], keeping: Keeping = 'stored') =>
    judgeDevice(facts, onGpu, onHost, keeping);

  it('has nothing against the default limits of WebGPU and enough of the rest', () => {
    expect(verdicts({ gpu, memory: 8 * GB, free: 10 * GB })).toEqual([]);
    expect(verdicts({ gpu, memory: null, free: null })).toEqual([]);
  });

  it('says that a GPU binds too little, with both values', () => {
    const [first] = verdicts({ gpu: { ...gpu, maxStorageBufferBindingSize: 32e6 }, memory: null, free: null });
    expect(first).toEqual({ kind: 'tight', what: 'gpu', needed: onGpu.largestBinding, has: 32e6 });
  });

  it('says that it will be slow without a GPU', () => {
    expect(verdicts({ gpu: null, memory: null, free: null })).toMatchObject([{ kind: 'tight', what: 'no-gpu' }]);
  });

  it('says how much memory is missing, or that it is little', () => {
    const needed = onGpu.deviceBytes;
    expect(verdicts({ gpu, memory: GB, free: null })).toEqual([{ kind: 'missing', what: 'memory', needed, has: GB }]);
    expect(verdicts({ gpu, memory: 2 * GB, free: null })).toMatchObject([{ kind: 'tight', what: 'memory', needed }]);
  });

  it('counts a package as memory only where it is read into it: a small one, and any that is not stored', () => {
    const takes = (bytes: number, keeping: Keeping) => {
      const { memoryBytes, deviceBytes } = requirementsOf(
        full,
        { ...sizeOf(full, 'q4-small'), bytes },
        targets[0] as GraphTarget,
      );
      return memoryBytes[keeping] - deviceBytes;
    };
    const sizes = [6e6, 256e6, 257e6, 945e6];
    expect(sizes.map((bytes) => takes(bytes, 'stored'))).toEqual([6e6, 256e6, 0, 0]);
    expect(sizes.map((bytes) => takes(bytes, 'unstored'))).toEqual(sizes);
    const needed = onGpu.deviceBytes + onGpu.packageBytes;
    expect(verdicts({ gpu, memory: 2 * GB, free: 0 }, 'unstored')).toEqual([
      { kind: 'missing', what: 'memory', needed, has: 2 * GB },
    ]);
  });

  it('says that there is no room to store it', () => {
    expect(verdicts({ gpu, memory: null, free: 5e8 })).toEqual([
      { kind: 'missing', what: 'storage', needed: onGpu.packageBytes, has: 5e8 },
    ]);
  });
});
