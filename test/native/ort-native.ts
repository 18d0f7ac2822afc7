import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { OnnxBuilder } from '../../src/graph/onnx-builder.ts';
import { type CreateSession, externalData, type OrtModule } from '../support/graph-model.ts';

/** onnxruntime's native build on a WebGPU adapter, or the sentence that says why there is none. */
export type NativeOrt =
  | {
      readonly ort: OrtModule;
      readonly driver: string;
      /** Whether the adapter has float16 shaders. */
      readonly float16: boolean;
      readonly unavailable: null;
    }
  | { readonly ort: null; readonly float16: false; readonly unavailable: string };

/** Where Debian's packages put descriptions of Vulkan drivers. */
const DRIVERS = '/usr/share/vulkan/icd.d';

/**
 * Loads onnxruntime-node and makes sure that its WebGPU backend finds an adapter. `VK_DRIVER_FILES` chooses a Vulkan
 * driver by its JSON file; otherwise it is Mesa's lavapipe, a CPU driver that has float16 shaders.
 */
export async function loadNativeOrt(): Promise<NativeOrt> {
  const driver = process.env.VK_DRIVER_FILES ?? lavapipe();
  if (!driver) return unavailable(`no lavapipe driver in ${DRIVERS}; install mesa-vulkan-drivers 25 and libvulkan1`);
  // Read by the Vulkan loader when the first session asks for an adapter.
  process.env.VK_DRIVER_FILES = driver;
  let ort: OrtModule;
  try {
    ort = createRequire(import.meta.url)('onnxruntime-node') as OrtModule;
  } catch (cause) {
    return unavailable(`onnxruntime-node does not load (${messageOf(cause)}); run npm install in test/native`);
  }
  try {
    await runProbe(ort, 'float32');
  } catch (cause) {
    return unavailable(`${driver} gives no WebGPU adapter (${messageOf(cause)})`);
  }
  // A float16 graph loads without float16 shaders, and fails when it runs.
  const float16 = await runProbe(ort, 'float16').then(
    () => true,
    () => false,
  );
  return { ort, driver, float16, unavailable: null };
}

/** Makes sessions on native WebGPU that fail to load when any node would run on the CPU. */
export function createOnGpu(ort: OrtModule): CreateSession {
  return (graph, shards) =>
    ort.InferenceSession.create(graph.model, {
      executionProviders: ['webgpu'],
      externalData: externalData(graph, shards),
      extra: { session: { disable_cpu_ep_fallback: '1' } },
      logSeverityLevel: 3,
    });
}

function lavapipe(): string | null {
  if (!existsSync(DRIVERS)) return null;
  const file = readdirSync(DRIVERS).find((name) => /^lvp_icd.*\.json$/.test(name));
  return file ? join(DRIVERS, file) : null;
}

async function runProbe(ort: OrtModule, type: 'float32' | 'float16'): Promise<void> {
  const builder = new OnnxBuilder('probe');
  const input = builder.input('input', type, [4]);
  builder.node('double', 'Add', [input, input], {}, 'output');
  builder.output('output', type, [4]);
  const session = await createOnGpu(ort)(builder.build(), new Map());
  const values = type === 'float32' ? new Float32Array(4) : new Uint16Array(4);
  await session.run({ input: new ort.Tensor(type, values, [4]) });
  await session.release();
}

function unavailable(reason: string): NativeOrt {
  return { ort: null, float16: false, unavailable: reason };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
}
