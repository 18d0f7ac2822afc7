import type { Verdict } from '../protocol/inspection.ts';
import type { Keeping, Requirements } from './requirements.ts';

/** What a browser tells of the device it runs on. */
export interface DeviceFacts {
  /** Limits of the WebGPU adapter; null without one. */
  readonly gpu: { readonly maxBufferSize: number; readonly maxStorageBufferBindingSize: number } | null;
  /** Memory of the machine in bytes, told in powers of two up to 8 GB; null where the browser does not tell. */
  readonly memory: number | null;
  /** Bytes free for storing; null where the browser does not tell. */
  readonly free: number | null;
}

/** End of WebAssembly's memory. */
const MAX_HEAP = 2 ** 32;
/** Browsers tell no more memory than this. */
const MOST_TOLD = 8 * 2 ** 30;

/** Whether an adapter can hold every weight of a model in one binding. */
export function gpuFits(gpu: DeviceFacts['gpu'], { largestBinding }: Requirements): boolean {
  return gpu !== null && largestBinding <= Math.min(gpu.maxBufferSize, gpu.maxStorageBufferBindingSize);
}

/**
 * What stands between a model and a device.
 * @param onGpu what it takes on WebGPU, `onHost` on WASM
 */
export function judgeDevice(
  facts: DeviceFacts,
  onGpu: Requirements,
  onHost: Requirements,
  keeping: Keeping,
): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  const add = (kind: Verdict['kind'], what: Verdict['what'], needed: number, has: number) =>
    verdicts.push({ kind, what, needed, has });
  const gpu = gpuFits(facts.gpu, onGpu);
  const big = onHost.deviceBytes > 2 ** 30;
  if (facts.gpu && !gpu) {
    const { maxBufferSize, maxStorageBufferBindingSize } = facts.gpu;
    add('tight', 'gpu', onGpu.largestBinding, Math.min(maxBufferSize, maxStorageBufferBindingSize));
  } else if (!gpu && big) {
    add('tight', 'no-gpu', onHost.deviceBytes, 0);
  }
  const needed = gpu ? onGpu : onHost;
  if (!gpu && onHost.deviceBytes > MAX_HEAP) add('missing', 'heap', onHost.deviceBytes, MAX_HEAP);
  const memoryBytes = needed.memoryBytes[keeping];
  if (facts.memory !== null && facts.memory < MOST_TOLD && memoryBytes > facts.memory / 2) {
    add(memoryBytes > facts.memory ? 'missing' : 'tight', 'memory', memoryBytes, facts.memory);
  }
  if (keeping === 'stored' && facts.free !== null && facts.free < needed.packageBytes) {
    add('missing', 'storage', needed.packageBytes, facts.free);
  }
  return verdicts;
}
