import type { ModelPackage } from '../../package/model-package.ts';

/** Bytes brought to the GPU at once. */
const PART = 8 * 2 ** 20;

/**
 * Milliseconds that it takes to read every weight file of a package whole and, where there is a GPU, to bring the bytes to it:
 * what no way of opening the package can be faster than.
 */
export async function rawRead({ shards }: ModelPackage, device: GPUDevice | null): Promise<number> {
  const target = device?.createBuffer({ size: PART, usage: GPUBufferUsage.COPY_DST });
  const started = performance.now();
  for (const shard of shards.values()) {
    for (let start = 0; start < shard.byteLength; start += PART) {
      const part = shard.subarray(start, Math.min(start + PART, shard.byteLength));
      if (device && target) device.queue.writeBuffer(target, 0, part.slice(0, part.length - (part.length % 4)));
    }
    shard.rest?.();
  }
  await device?.queue.onSubmittedWorkDone();
  target?.destroy();
  return performance.now() - started;
}
