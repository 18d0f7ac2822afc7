/** How much GPU memory this worker holds in buffers. */
export interface GpuMemory {
  /** Forgets what was held until now. */
  restart(): void;
  /** The most it held at one time since then, in bytes. */
  most(): number;
}

/**
 * Counts every buffer that is made and destroyed in this worker from now on, onnxruntime's own included: WebGPU itself tells
 * nobody how much memory is taken.
 */
export function watchGpuMemory(): GpuMemory {
  // Not every browser has it.
  if (!('GPUDevice' in globalThis)) return { restart() {}, most: () => 0 };
  let held = 0;
  let most = 0;
  const sizes = new WeakMap<GPUBuffer, number>();
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    held += descriptor.size;
    most = Math.max(most, held);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
    held -= sizes.get(this) ?? 0;
    sizes.delete(this);
    return destroy.call(this);
  };
  return {
    restart() {
      most = held;
    },
    most: () => most,
  };
}
