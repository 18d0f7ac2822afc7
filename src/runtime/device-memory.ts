import type { AppError } from '../protocol/errors.ts';
import { outOfMemory } from './runtime-error.ts';

const lacking = new WeakMap<GPUDevice, AppError>();

/**
 * Notes when a device has no memory for something. WebGPU says so to nobody who does not listen: it gives a buffer that is
 * none, drops all work on it, and what is read in the end are zeros.
 */
export function watchMemory(device: GPUDevice): void {
  device.addEventListener('uncapturederror', ({ error }) => {
    if (error instanceof GPUOutOfMemoryError) lacking.set(device, outOfMemory(error.message));
  });
}

/** @throws AppError OUT_OF_MEMORY where the device had none for something it was to hold */
export function expectMemory(device: GPUDevice | null): void {
  const error = device && lacking.get(device);
  if (error) throw error;
}

/** Whether the device has memory for what `allocate` makes, which then is nobody else's concern. */
export async function hadMemory(device: GPUDevice, allocate: () => void): Promise<boolean> {
  device.pushErrorScope('out-of-memory');
  allocate();
  try {
    return (await device.popErrorScope()) === null;
  } catch {
    // The device is lost, and what it held.
    return false;
  }
}
