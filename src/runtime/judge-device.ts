import type { Verdict } from '../protocol/inspection.ts';
import type { Requirements } from './requirements.ts';

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
export function judgeDevice(facts: DeviceFacts, onGpu: Requirements, onHost: Requirements): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  const add = (kind: Verdict['kind'], message: string) => verdicts.push({ kind, message });
  const gpu = gpuFits(facts.gpu, onGpu);
  const big = onHost.deviceBytes > 2 ** 30;
  if (facts.gpu && !gpu) {
    const { maxBufferSize, maxStorageBufferBindingSize } = facts.gpu;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    add(
      'tight',
      `This GPU reads at most ${size(most)} at once, the model has pieces of ${size(onGpu.largestBinding)}: it will run on the processor, slowly.`,
    );
  } else if (!gpu && big) {
    add(
      'tight',
      'Without WebGPU this model runs on the processor: seconds for every few words. A browser with WebGPU is far faster.',
    );
  }
  const needed = gpu ? onGpu : onHost;
  if (!gpu && onHost.deviceBytes > MAX_HEAP) {
    add(
      'missing',
      `On the processor this model needs ${size(onHost.deviceBytes)}, more than the ${size(MAX_HEAP)} a page can have. Use a browser with WebGPU or a smaller model.`,
    );
  }
  const total = needed.packageBytes + needed.deviceBytes;
  if (facts.memory !== null && facts.memory < MOST_TOLD && total > facts.memory) {
    add(
      'missing',
      `The model needs ${size(total)} of memory, this device has about ${size(facts.memory)}. Use a smaller model.`,
    );
  } else if (facts.memory !== null && facts.memory < MOST_TOLD && total > facts.memory / 2) {
    add('tight', `The model takes ${size(total)} of about ${size(facts.memory)} memory. Close other tabs first.`);
  }
  if (facts.free !== null && facts.free < needed.packageBytes) {
    add(
      'missing',
      `Storing the model takes ${size(needed.packageBytes)}, this browser has ${size(facts.free)} left for it. Free disk space or delete a stored model.`,
    );
  }
  return verdicts;
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
