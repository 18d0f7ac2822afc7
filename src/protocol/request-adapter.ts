import { AppError, reasonOf } from './errors.ts';

/** Milliseconds after which a GPU that has not answered counts as none: where its process or driver hangs, it never does. */
const PATIENCE = 15_000;

/** This browser's fastest GPU; null where it gives none, or does not answer. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  if (!('gpu' in navigator)) return null;
  const asked = navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return Promise.race([asked, later().then(() => null)]);
}

/**
 * A device of an adapter, which is spent by it.
 * @throws AppError WEBGPU_UNAVAILABLE with `reason` where the GPU gives none, or does not answer
 */
export async function requestDevice(adapter: GPUAdapter, wanted: GPUDeviceDescriptor): Promise<GPUDevice> {
  let isLate = false;
  const asked = adapter.requestDevice(wanted).then((device) => {
    if (isLate) device.destroy();
    return device;
  });
  const silent = later().then(() => {
    isLate = true;
    throw new Error(`no answer for ${PATIENCE / 1000} seconds`);
  });
  return Promise.race([asked, silent]).catch((thrown: unknown) => {
    const reason = reasonOf(thrown).slice(0, 300);
    throw new AppError(
      'WEBGPU_UNAVAILABLE',
      `The GPU of this browser could not be started (${reason}). Run the model on the CPU instead (backend wasm), or restart the browser.`,
      { reason },
    );
  });
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}
