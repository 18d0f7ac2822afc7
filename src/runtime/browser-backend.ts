import { AppError, toWire } from '../protocol/errors.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import { requestAdapter, requestDevice } from '../protocol/request-adapter.ts';
import type { Backend } from './backend.ts';
import { watchMemory } from './device-memory.ts';
import { loadOrt } from './load-ort.ts';
import type { BackendMaker } from './open-engine.ts';
import { wasmBackendOf } from './wasm-backend.ts';

/**
 * What to try in this browser, in order: WebGPU in float16 (where the adapter has it), WebGPU in float32, WASM; or only
 * what the person chose. Starts fetching onnxruntime.
 */
export async function browserBackends(choice: BackendChoice): Promise<readonly BackendMaker[]> {
  const loading = loadOrt();
  const adapter = choice === 'wasm' ? null : await requestAdapter();
  await loading;
  if (choice === 'wasm') return [() => wasmBackend(null)];
  const gpu: BackendMaker[] = [];
  if (choice !== 'auto-f32' && adapter?.features.has('shader-f16')) gpu.push(() => webgpuBackend('f16'));
  gpu.push(() => webgpuBackend('f32'));
  if (choice === 'webgpu') return gpu;
  if (!adapter) return [() => wasmBackend(noAdapter())];
  return [...gpu, wasmBackend];
}

/** A device of our own: KV buffers must live on the one the sessions use, and a lost one can be replaced. */
async function webgpuBackend(activation: 'f16' | 'f32'): Promise<Backend> {
  // Each device needs an adapter of its own: an adapter is spent once it has given a device.
  const adapter = await requestAdapter();
  if (!adapter) throw noAdapter();
  const features: GPUFeatureName[] = ['shader-f16', 'subgroups'];
  const device = await requestDevice(adapter, {
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: wantedLimits(adapter.limits),
  });
  watchMemory(device);
  const { ort, build, wasm } = await loadOrt();
  return {
    ort,
    device,
    providers: [{ name: 'webgpu', device }],
    target: { device: 'webgpu', activation },
    info: { kind: 'webgpu', adapter: adapterName(adapter.info), activation, build, wasm, fallbackReason: null },
  };
}

/** @param failure why it is not the GPU */
async function wasmBackend(failure: AppError | null): Promise<Backend> {
  const { ort, build, wasm } = await loadOrt();
  return wasmBackendOf(ort, { build, wasm, fallbackReason: failure && toWire(failure) });
}

function noAdapter(): AppError {
  return new AppError(
    'WEBGPU_UNAVAILABLE',
    'This browser offers no WebGPU adapter. Run the model on the CPU instead (backend wasm), or try a current Chrome, Edge, Safari or Firefox.',
  );
}

/** What onnxruntime's kernels use where the adapter has it; a device otherwise has only the defaults. */
function wantedLimits(limits: GPUSupportedLimits): Record<string, number> {
  const names = [
    'maxBufferSize',
    'maxStorageBufferBindingSize',
    'maxComputeWorkgroupStorageSize',
    'maxComputeInvocationsPerWorkgroup',
    'maxComputeWorkgroupSizeX',
    'maxComputeWorkgroupSizeY',
    'maxComputeWorkgroupSizeZ',
    'maxComputeWorkgroupsPerDimension',
    'maxStorageBuffersPerShaderStage',
  ] as const;
  return Object.fromEntries(names.map((name) => [name, limits[name]]));
}

function adapterName({ description, vendor, architecture, device }: GPUAdapterInfo): string {
  return description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed GPU';
}
