import { layerCacheNames } from '../graph/onnx-graph.ts';
import type { TextConfig } from '../kosmos2/config.ts';
import type { Ort, OrtTensor } from './ort.ts';

/**
 * Positions the cache holds unless the model knows fewer: a picture, a long question and a long answer. At full size one
 * position costs 197 kB in float16 (24 layers of keys and values), so this is 202 MB.
 */
const MOST_POSITIONS = 1024;

/** Positions the cache of a model holds. */
export function kvCapacity({ maxPositions }: TextConfig): number {
  return Math.min(maxPositions, MOST_POSITIONS);
}

/** Type a cache's numbers have. */
export type CacheType = 'float32' | 'float16';

/**
 * Keys and values of the positions seen so far, for every layer. `inputs` go into a decoder run, `outputs` name what it
 * writes and the tensors it writes into (null where onnxruntime allocates one), and `update` takes what it returned.
 */
export interface KvCache {
  /** Copies the first `length` positions. */
  copy(length: number): KvSnapshot;
  /** Puts a copy of this cache's back as its first positions. */
  restore(snapshot: KvSnapshot): void;
  inputs(): Record<string, OrtTensor>;
  outputs(): Record<string, OrtTensor | null>;
  update(results: Readonly<Record<string, OrtTensor>>): void;
  /** Forgets every position from `length` on. */
  truncate(length: number): void;
  dispose(): void;
}

/** A copy of the first positions of a cache. */
export interface KvSnapshot {
  readonly length: number;
  readonly bytes: number;
  release(): void;
}

/** Past and present of every layer's keys and values. */
export function cacheNames(text: TextConfig): { past: string; present: string }[] {
  return Array.from({ length: text.layers }, (_, layer) => layerCacheNames(layer)).flatMap((names) => [
    { past: names.pastKey, present: names.presentKey },
    { past: names.pastValue, present: names.presentValue },
  ]);
}

/** Shape of one layer's keys or values in a cache of `positions`. */
export function cacheShape({ heads, embedDim }: TextConfig, positions: number): number[] {
  return [1, heads, positions, embedDim / heads];
}

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
  readonly #inputs: Readonly<Record<string, OrtTensor>>;
  readonly #outputs: Readonly<Record<string, OrtTensor>>;

  /** @param tensors of shape `cacheShape`, under the names of their pasts; it disposes of them */
  constructor(device: GPUDevice, text: TextConfig, tensors: Readonly<Record<string, OrtTensor>>) {
    const names = cacheNames(text);
    const { type, dims } = Object.values(tensors)[0] as OrtTensor;
    const [, heads, capacity, headSize] = dims as [number, number, number, number];
    this.#device = device;
    this.#heads = heads;
    this.#positionBytes = headSize * (type === 'float16' ? 2 : 4);
    this.#headBytes = capacity * this.#positionBytes;
    this.#inputs = tensors;
    this.#outputs = Object.fromEntries(names.map(({ past, present }) => [present, tensors[past] as OrtTensor]));
    this.#buffers = names.map(({ past }) => (tensors[past] as OrtTensor).gpuBuffer as GPUBuffer);
  }

  /** One in buffers of its own. @param capacity positions each buffer holds, padding included */
  static create(ort: Ort, device: GPUDevice, text: TextConfig, type: CacheType, capacity: number): GpuKvCache {
    const dims = cacheShape(text, capacity);
    const size = dims.reduce((product, length) => product * length, type === 'float16' ? 2 : 4);
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

  inputs(): Record<string, OrtTensor> {
    return this.#inputs;
  }

  outputs(): Record<string, OrtTensor> {
    return this.#outputs;
  }

  /** Nothing to take: the run wrote into the buffers. */
  update(): void {}

  /** Nothing to do: what lies behind the sequence's length is never attended to and is overwritten. */
  truncate(): void {}

  copy(length: number): GpuKvSnapshot {
    const size = this.#heads * length * this.#positionBytes;
    const buffers = this.#buffers.map(({ label }) =>
      this.#device.createBuffer({ label, size, usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST }),
    );
    this.#copyHeads(this.#buffers, this.#headBytes, buffers, length * this.#positionBytes, length);
    return new GpuKvSnapshot(length, buffers);
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
    for (const tensor of Object.values(this.#inputs)) tensor.dispose();
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

  constructor(length: number, buffers: readonly GPUBuffer[]) {
    this.length = length;
    this.buffers = buffers;
  }

  get bytes(): number {
    return this.buffers.reduce((sum, { size }) => sum + size, 0);
  }

  release(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}

/** Cache in host arrays: the present outputs of one run are the past inputs of the next. */
export class HostKvCache implements KvCache {
  readonly #ort: Ort;
  readonly #names: readonly { past: string; present: string }[];
  readonly #tensors = new Map<string, OrtTensor>();

  constructor(ort: Ort, text: TextConfig, type: CacheType) {
    this.#ort = ort;
    this.#names = cacheNames(text);
    const dims = [1, text.heads, 0, text.embedDim / text.heads];
    for (const { past } of this.#names) {
      const empty = type === 'float16' ? new Uint16Array(0) : new Float32Array(0);
      this.#tensors.set(past, new ort.Tensor(type, empty, dims) as OrtTensor);
    }
  }

  inputs(): Record<string, OrtTensor> {
    return Object.fromEntries(this.#tensors);
  }

  outputs(): Record<string, null> {
    return Object.fromEntries(this.#names.map(({ present }) => [present, null]));
  }

  update(results: Readonly<Record<string, OrtTensor>>): void {
    for (const { past, present } of this.#names) this.#tensors.set(past, results[present] as OrtTensor);
  }

  truncate(length: number): void {
    for (const [name, tensor] of this.#tensors) this.#tensors.set(name, this.#firstPositions(tensor, length));
  }

  copy(length: number): HostKvSnapshot {
    const tensors = [...this.#tensors].map(([name, tensor]) => [name, this.#firstPositions(tensor, length)] as const);
    return new HostKvSnapshot(length, new Map(tensors));
  }

  restore(snapshot: HostKvSnapshot): void {
    for (const [name, tensor] of snapshot.tensors) this.#tensors.set(name, tensor);
  }

  dispose(): void {
    this.#tensors.clear();
  }

  /** The tensor `[1, heads, length, headSize]` of one `[1, heads, positions, headSize]`; itself where it is that long. */
  #firstPositions(tensor: OrtTensor, length: number): OrtTensor {
    const [batch, heads, positions, headSize] = tensor.dims as [number, number, number, number];
    if (length >= positions) return tensor;
    const source = tensor.data as Float32Array | Uint16Array;
    const data = source.slice(0, heads * length * headSize);
    for (let head = 0; head < heads; head++) {
      const start = head * positions * headSize;
      data.set(source.subarray(start, start + length * headSize), head * length * headSize);
    }
    const dims = [batch, heads, length, headSize];
    return new this.#ort.Tensor(tensor.type as CacheType, data, dims) as OrtTensor;
  }
}

/** Runs never write to their inputs, so a snapshot may share arrays with the cache. */
export class HostKvSnapshot implements KvSnapshot {
  readonly length: number;
  readonly tensors: ReadonlyMap<string, OrtTensor>;

  constructor(length: number, tensors: ReadonlyMap<string, OrtTensor>) {
    this.length = length;
    this.tensors = tensors;
  }

  get bytes(): number {
    return [...this.tensors.values()].reduce((sum, { data }) => sum + (data as Float32Array).byteLength, 0);
  }

  /** Nothing to free: arrays go with the last reference. */
  release(): void {}
}
