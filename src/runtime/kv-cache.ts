import { layerCacheNames } from '../graph/onnx-graph.ts';
import type { TextConfig } from '../kosmos2/config.ts';
import type { Ort, OrtTensor } from './ort.ts';

type CacheType = 'float32' | 'float16';

/**
 * Keys and values of the positions seen so far, for every layer. `inputs` go into a decoder run, `outputs` name what it
 * writes and the tensors it writes into (null where onnxruntime allocates one), and `update` takes what it returned.
 */
export interface KvCache {
  inputs(): Record<string, OrtTensor>;
  outputs(): Record<string, OrtTensor | null>;
  update(results: Readonly<Record<string, OrtTensor>>): void;
  /** Forgets every position from `length` on. */
  truncate(length: number): void;
  dispose(): void;
}

function cacheNames(text: TextConfig): { past: string; present: string }[] {
  return Array.from({ length: text.layers }, (_, layer) => layerCacheNames(layer)).flatMap((names) => [
    { past: names.pastKey, present: names.presentKey },
    { past: names.pastValue, present: names.presentValue },
  ]);
}

/**
 * Cache in GPU buffers of fixed capacity, each bound as past and as present of every run: nothing is copied and nothing
 * grows. onnxruntime does not check the capacity; the decoder does.
 */
export class GpuKvCache implements KvCache {
  readonly #buffers: GPUBuffer[] = [];
  readonly #inputs: Record<string, OrtTensor> = {};
  readonly #outputs: Record<string, OrtTensor> = {};

  /** @param capacity positions each buffer holds, padding included */
  constructor(ort: Ort, device: GPUDevice, text: TextConfig, type: CacheType, capacity: number) {
    const headSize = text.embedDim / text.heads;
    const dims = [1, text.heads, capacity, headSize];
    const size = text.heads * capacity * headSize * (type === 'float16' ? 2 : 4);
    for (const { past, present } of cacheNames(text)) {
      const buffer = device.createBuffer({
        label: past,
        size: Math.ceil(size / 16) * 16,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      });
      this.#buffers.push(buffer);
      const tensor = ort.Tensor.fromGpuBuffer(buffer, { dataType: type, dims }) as OrtTensor;
      this.#inputs[past] = tensor;
      this.#outputs[present] = tensor;
    }
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

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
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
    for (const [name, tensor] of this.#tensors) {
      const [batch, heads, positions, headSize] = tensor.dims as [number, number, number, number];
      if (length >= positions) continue;
      const source = tensor.data as Float32Array | Uint16Array;
      const data = source.slice(0, heads * length * headSize);
      for (let head = 0; head < heads; head++) {
        const start = head * positions * headSize;
        data.set(source.subarray(start, start + length * headSize), head * length * headSize);
      }
      const type = tensor.type as CacheType;
      this.#tensors.set(name, new this.#ort.Tensor(type, data, [batch, heads, length, headSize]) as OrtTensor);
    }
  }

  dispose(): void {
    this.#tensors.clear();
  }
}
