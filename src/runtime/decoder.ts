import { longestRun } from '../graph/decoder-graph.ts';
import type { TextConfig } from '../kosmos2/config.ts';
import { AppError } from '../protocol/errors.ts';
import type { Backend } from './backend.ts';
import { failureOn } from './device-loss.ts';
import { expectMemory } from './device-memory.ts';
import { GpuKvCache } from './gpu-kv-cache.ts';
import type { GpuLogits } from './gpu-logits.ts';
import { HostKvCache } from './host-kv-cache.ts';
import type { CacheType, KvCache, KvSnapshot } from './kv-cache.ts';
import { HostLogits, type NextLogits } from './next-logits.ts';
import type { OrtTensor, Session } from './ort.ts';
import type { SerialQueue } from './serial-queue.ts';
import { runSession } from './session.ts';

/**
 * Most positions of one prefill run where the graph sets no lower limit: a stop is noticed between runs. A picture's rows
 * and a short question are one run, for each reads, and on WASM packs, all weights.
 */
const PREFILL_CHUNK = 96;

/** Another way to run one position, over a cache of its own that plain runs can use too. */
export interface SingleStep {
  readonly cache: GpuKvCache;
  /**
   * Runs the position behind `length` others and adds it to the cache.
   * @param hidden `[1, embedDim]`
   * @param logits takes the logits
   * @throws AppError DEVICE_LOST, OUT_OF_MEMORY, RUNTIME_FAILED
   */
  run(hidden: Float32Array, length: number, logits: GpuLogits): Promise<void>;
  dispose(): Promise<void>;
}

/** The decoder's session and its KV cache: turns hidden states of the next positions into logits of the last. */
export class Decoder {
  /** Most positions a sequence can have, prompt and answer together. */
  readonly capacity: number;
  /** Most positions of one run. */
  readonly longestRun: number;
  /**
   * Lengths a run may have where the cache is written in place, none elsewhere. A GPU compiles shaders anew for each
   * length, so runs are padded on the right to one of these; what the padding writes behind the sequence is overwritten
   * later. All of them should be run once before the first question.
   */
  readonly paddedLengths: readonly number[];
  readonly backend: Backend;
  /** What all that touches onnxruntime goes through. */
  readonly queue: SerialQueue;
  readonly #session: Session;
  readonly #text: TextConfig;
  #cache: KvCache;
  #step: SingleStep | null = null;
  /** Hears of a failure of `#step`, of which there is no further use then. */
  #onStepFailed: ((error: AppError) => void) | null = null;
  #isStepping = false;
  #gpuLogits: GpuLogits | null = null;
  #choosing = 'CPU';
  #length = 0;

  constructor(
    backend: Backend,
    session: Session,
    text: TextConfig,
    capacity: number,
    queue: SerialQueue,
    cache?: KvCache,
  ) {
    this.capacity = capacity;
    this.longestRun = Math.min(PREFILL_CHUNK, longestRun(backend.target));
    this.paddedLengths = backend.device ? [1, 16, this.longestRun] : [];
    this.backend = backend;
    this.#session = session;
    this.#text = text;
    this.queue = queue;
    const { ort, device } = backend;
    this.#cache =
      cache ??
      (device
        ? GpuKvCache.create(ort, device, text, this.cacheType, this.cachePositions)
        : new HostKvCache(backend, text, this.cacheType));
  }

  get cacheType(): CacheType {
    return this.backend.target.activation === 'f16' ? 'float16' : 'float32';
  }

  /** Positions that a cache of fixed size has room for: a run's padding may lie behind the last that counts. */
  get cachePositions(): number {
    return this.capacity + this.longestRun;
  }

  /** Positions in the cache. */
  get length(): number {
    return this.#length;
  }

  /** Where tokens are chosen, and why there if that was not meant. */
  get choosing(): string {
    return this.#choosing;
  }

  /** Leaves the logits of the next token where they are computed. It disposes of them. */
  chooseOnGpu(logits: GpuLogits): void {
    this.#gpuLogits = logits;
    this.#choosing = 'GPU';
  }

  /** Lets all logits come back with every run from now on. */
  chooseOnCpu(why: string): void {
    this.#gpuLogits?.dispose();
    this.#gpuLogits = null;
    this.#choosing = `CPU: ${why}`;
  }

  /**
   * A decoder of the same session over the cache of `step`, with `length` positions in it: for comparing both ways. There is
   * nothing in it to dispose of.
   * @param stepping whether it runs single positions by `step`
   */
  over(step: SingleStep, length: number, stepping: boolean): Decoder {
    const other = new Decoder(this.backend, this.#session, this.#text, this.capacity, this.queue, step.cache);
    other.#gpuLogits = this.#gpuLogits;
    other.#step = step;
    other.#isStepping = stepping;
    other.#length = length;
    return other;
  }

  /**
   * Runs single positions by `step` from now on, in its cache, which takes over what this one's holds. It disposes of it.
   * @param onFailed hears why that has failed, but for a lost device; positions are run plainly from then on
   */
  adopt(step: SingleStep, onFailed: (error: AppError) => void): void {
    step.cache.take(this.#cache as GpuKvCache);
    this.#cache.dispose();
    this.#cache = step.cache;
    this.#step = step;
    this.#isStepping = true;
    this.#onStepFailed = onFailed;
  }

  /** Forgets every position from `length` on, so that a sequence with the same beginning goes on from there. */
  rewind(length: number): void {
    if (length >= this.#length) return;
    this.#cache.truncate(length);
    this.#length = length;
  }

  /** Bytes of a copy of so many positions. */
  bytesOf(positions: number): number {
    const { layers, embedDim } = this.#text;
    return positions * layers * 2 * embedDim * (this.cacheType === 'float16' ? 2 : 4);
  }

  /** Copies the first `length` positions. */
  copy(length: number): KvSnapshot {
    return this.#cache.copy(length);
  }

  /** Puts a copy made of this decoder's cache in place of what is in it. */
  restore(snapshot: KvSnapshot): void {
    this.#cache.restore(snapshot);
    this.#length = snapshot.length;
  }

  /**
   * Runs the next positions of the sequence and adds them to the cache.
   * @param hidden `[count, embedDim]` scaled embeddings with their positions added
   * @param wanted how many of them, counted from the end, logits are wanted of
   * @returns logits `[wanted, vocabSize]`
   * @throws AppError PROMPT_TOO_LONG past the capacity, OUT_OF_MEMORY, RUNTIME_FAILED when onnxruntime fails
   */
  async run(hidden: Float32Array, wanted = 1): Promise<Float32Array> {
    const logits = (await this.#run(hidden, wanted, null)).data as Float32Array;
    return logits.subarray(0, wanted * this.#text.vocabSize);
  }

  /**
   * Runs the next positions of the sequence and adds them to the cache.
   * @param hidden `[count, embedDim]` scaled embeddings with their positions added
   * @throws AppError as `run`
   */
  async next(hidden: Float32Array): Promise<NextLogits> {
    if (this.#step && this.#isStepping && this.#gpuLogits && hidden.length === this.#text.embedDim) {
      this.#checkRoom(1);
      expectMemory(this.backend.device);
      if (await this.#stepped(this.#step, hidden, this.#gpuLogits)) return this.#gpuLogits;
    }
    const logits = await this.#run(hidden, 1, this.#gpuLogits?.tensor ?? null);
    return this.#gpuLogits ?? new HostLogits(logits.data as Float32Array);
  }

  /** Whether `step` has run the position; where it has failed, the cache is what it was before. */
  async #stepped(step: SingleStep, hidden: Float32Array, logits: GpuLogits): Promise<boolean> {
    try {
      await step.run(hidden, this.#length, logits);
    } catch (thrown) {
      if (!this.#onStepFailed) throw thrown;
      const error = await failureOn(this.backend.device, thrown);
      if (error.code === 'DEVICE_LOST') throw error;
      this.#isStepping = false;
      this.#onStepFailed(error);
      return false;
    }
    this.#length += 1;
    return true;
  }

  /** @param target what the logits are written into; null lets onnxruntime bring them back */
  async #run(hidden: Float32Array, wanted: number, target: OrtTensor | null): Promise<OrtTensor> {
    const { ort } = this.backend;
    const width = this.#text.embedDim;
    const count = hidden.length / width;
    const padded = this.#paddedLength(count);
    const total = this.#length + padded;
    this.#checkRoom(count);
    expectMemory(this.backend.device);
    const rows = padded === count ? hidden : new Float32Array(padded * width);
    if (rows !== hidden) rows.set(hidden);
    const wantedRows = new Int32Array(this.#paddedLength(wanted)).fill(count - 1);
    for (let row = 0; row < wanted; row++) wantedRows[row] = count - wanted + row;
    const cache = this.#cache.beforeRun(padded);
    const feeds: Record<string, OrtTensor> = {
      hidden_states: new ort.Tensor('float32', rows, [1, padded, width]),
      seqlens_k: new ort.Tensor('int32', Int32Array.of(total - 1), [1]),
      total_sequence_length: new ort.Tensor('int32', Int32Array.of(total), [1]),
      logits_index: new ort.Tensor('int32', wantedRows, [wantedRows.length]),
      ...batchShape(this.backend, 1, padded, width),
      ...cache.inputs,
    };
    const results = await runSession(this.#session, this.queue, feeds, { logits: target, ...cache.outputs });
    this.#cache.afterRun(results, count);
    this.#length += count;
    return results.logits as OrtTensor;
  }

  #checkRoom(count: number): void {
    if (count <= this.longestRun && this.#length + count <= this.capacity) return;
    throw new AppError(
      'PROMPT_TOO_LONG',
      `The sequence would reach ${this.#length + count} tokens, but this model's memory holds ${this.capacity}. Shorten the prompt.`,
      { tokens: this.#length + count, limit: this.capacity },
    );
  }

  #paddedLength(count: number): number {
    return this.paddedLengths.find((length) => length >= count) ?? count;
  }

  async dispose(): Promise<void> {
    try {
      // The step runs in buffers that the session's runs left on the device, so it is released first, and its cache with it.
      if (this.#step) await this.#step.dispose();
      else this.#cache.dispose();
    } finally {
      this.#gpuLogits?.dispose();
      await this.queue.run(() => this.#session.release());
    }
  }
}

/** What a batched graph is told besides: how many sequences there are, and how many positions of each. */
export function batchShape(
  { ort, target }: Backend,
  sequences: number,
  positions: number,
  width: number,
): Record<string, OrtTensor> {
  if (!target.batched) return {};
  const shape = BigInt64Array.of(BigInt(sequences), BigInt(positions), BigInt(width));
  return { batch_shape: new ort.Tensor('int64', shape, [3]) };
}
