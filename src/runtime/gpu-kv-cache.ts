import type { TextConfig } from '../kosmos2/config.ts';
import { sizeOf } from '../tensors/shape.ts';
import { hadMemory } from './device-memory.ts';
import { type CacheType, cacheNames, cacheShape, type KvCache, type KvFeeds, type KvSnapshot } from './kv-cache.ts';
import type { Ort, OrtTensor } from './ort.ts';

/**
 * Cache in GPU buffers of fixed capacity, each bound as past and as present of every run: nothing is copied and nothing
 * grows. onnxruntime does not check the capacity; the decoder does.
 */
export class GpuKvCache implements KvCache {
  readonly #device: GPUDevice;
  readonly #heads: number;
  /** Bytes of one head's keys or values: at one position, and at all there is room for. */
  readonly #positionBytes: number;
  readonly #headBytes: number;
  readonly #buffers: readonly GPUBuffer[];
  /** The same for every run. */
  readonly #feeds: KvFeeds & { readonly outputs: Readonly<Record<string, OrtTensor>> };

  /** @param tensors of shape `cacheShape`, under the names of their pasts; it disposes of them */
  constructor(device: GPUDevice, text: TextConfig, tensors: Readonly<Record<string, OrtTensor>>) {
    const names = cacheNames(text);
    const { type, dims } = Object.values(tensors)[0] as OrtTensor;
    const [, heads, capacity, headSize] = dims as [number, number, number, number];
    this.#device = device;
    this.#heads = heads;
    this.#positionBytes = headSize * (type === 'float16' ? 2 : 4);
    this.#headBytes = capacity * this.#positionBytes;
    const outputs = Object.fromEntries(names.map(({ past, present }) => [present, tensors[past] as OrtTensor]));
    this.#feeds = { inputs: tensors, outputs };
    this.#buffers = names.map(({ past }) => (tensors[past] as OrtTensor).gpuBuffer as GPUBuffer);
  }

  /** One in buffers of its own. @param capacity positions each buffer holds, padding included */
  static create(ort: Ort, device: GPUDevice, text: TextConfig, type: CacheType, capacity: number): GpuKvCache {
    const dims = cacheShape(text, capacity);
    const size = sizeOf(dims) * (type === 'float16' ? 2 : 4);
    const tensors = cacheNames(text).map(({ past }) => {
      const buffer = device.createBuffer({
        label: past,
        size: Math.ceil(size / 16) * 16,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      });
      const dispose = () => buffer.destroy();
      return [past, ort.Tensor.fromGpuBuffer(buffer, { dataType: type, dims, dispose }) as OrtTensor] as const;
    });
    return new GpuKvCache(device, text, Object.fromEntries(tensors));
  }

  /** Tensors a run writes into, under their names as outputs. */
  get outputs(): Readonly<Record<string, OrtTensor>> {
    return this.#feeds.outputs;
  }

  beforeRun(): KvFeeds {
    return this.#feeds;
  }

  /** Nothing to take: the run wrote into the buffers. */
  afterRun(): void {}

  /** Nothing to do: what lies behind the sequence's length is never attended to and is overwritten. */
  truncate(): void {}

  copy(length: number): GpuKvSnapshot {
    const size = this.#heads * length * this.#positionBytes;
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    let buffers: readonly GPUBuffer[] = [];
    const there = hadMemory(this.#device, () => {
      buffers = this.#buffers.map(({ label }) => this.#device.createBuffer({ label, size, usage }));
    });
    this.#copyHeads(this.#buffers, this.#headBytes, buffers, length * this.#positionBytes, length);
    return new GpuKvSnapshot(length, buffers, there);
  }

  restore(snapshot: GpuKvSnapshot): void {
    const { buffers, length } = snapshot;
    this.#copyHeads(buffers, length * this.#positionBytes, this.#buffers, this.#headBytes, length);
  }

  /** Copies all of another cache of the same shape. */
  take(other: GpuKvCache): void {
    const encoder = this.#device.createCommandEncoder({ label: 'KV cache' });
    const size = this.#heads * this.#headBytes;
    for (const [index, buffer] of this.#buffers.entries()) {
      encoder.copyBufferToBuffer(other.#buffers[index] as GPUBuffer, 0, buffer, 0, size);
    }
    this.#device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    for (const tensor of Object.values(this.#feeds.inputs)) tensor.dispose();
  }

  /** Copies the first positions of every head from one set of buffers to another, where heads lie `stride` bytes apart. */
  #copyHeads(
    from: readonly GPUBuffer[],
    fromStride: number,
    to: readonly GPUBuffer[],
    toStride: number,
    length: number,
  ): void {
    const encoder = this.#device.createCommandEncoder({ label: 'KV prefix' });
    for (const [index, source] of from.entries()) {
      const target = to[index] as GPUBuffer;
      for (let head = 0; head < this.#heads; head++) {
        encoder.copyBufferToBuffer(source, head * fromStride, target, head * toStride, length * this.#positionBytes);
      }
    }
    this.#device.queue.submit([encoder.finish()]);
  }
}

class GpuKvSnapshot implements KvSnapshot {
  readonly length: number;
  readonly buffers: readonly GPUBuffer[];

  #isThere = true;

  constructor(length: number, buffers: readonly GPUBuffer[], there: Promise<boolean>) {
    this.length = length;
    this.buffers = buffers;
    void there.then((isThere) => {
      this.#isThere = isThere;
    });
  }

  get isThere(): boolean {
    return this.#isThere;
  }

  get bytes(): number {
    return this.buffers.reduce((sum, { size }) => sum + size, 0);
  }

  release(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}
