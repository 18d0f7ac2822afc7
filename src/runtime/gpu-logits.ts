import type { LogitsProcessor } from '../kosmos2/logits-processor.ts';
import { argMax, type LogitsSummary, type Sampler, TOTAL_ERROR } from '../kosmos2/sampling.ts';
import { TokenProbabilities } from '../kosmos2/token-probabilities.ts';
import { type ChosenToken, HostLogits, type NextLogits } from './next-logits.ts';
import type { Ort, OrtTensor } from './ort.ts';
import { deviceLost } from './runtime-error.ts';
import { HEADER_WORDS, LARGEST, LOWEST, MOST_IDS, RESULT_WORDS, selectionShader } from './selection-shader.ts';

/** Banned tokens that are masked one by one; with more of them all logits are fetched instead. */
const MOST_BANNED = 64;
/** Words of the shader's parameters, padded to what uniforms are bound in. */
const PARAMETER_WORDS = 4;

/**
 * The logits of the next token in a GPU buffer of their own. A choice fetches a few numbers: the largest logits with the
 * sums their probabilities need, or inside a location those of the tokens its grammar allows.
 */
export class GpuLogits implements NextLogits {
  /** What the decoder writes into, `[1, 1, vocabSize]`. */
  readonly tensor: OrtTensor;
  readonly #device: GPUDevice;
  readonly #vocabSize: number;
  readonly #logits: GPUBuffer;
  readonly #parameters: GPUBuffer;
  readonly #result: GPUBuffer;
  readonly #fetched: GPUBuffer;
  readonly #bindings: GPUBindGroup;
  readonly #summarize: GPUComputePipeline;
  readonly #collect: GPUComputePipeline;

  private constructor(ort: Ort, device: GPUDevice, vocabSize: number, pipelines: readonly GPUComputePipeline[]) {
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const buffer = (label: string, words: number, usage: number) =>
      device.createBuffer({ label, size: Math.ceil(words / 4) * 16, usage });
    this.#device = device;
    this.#vocabSize = vocabSize;
    this.#logits = buffer('logits', vocabSize, STORAGE | COPY_SRC | COPY_DST);
    this.#parameters = buffer('selection parameters', PARAMETER_WORDS, UNIFORM | COPY_DST);
    this.#result = buffer('selection', RESULT_WORDS, STORAGE | COPY_SRC);
    this.#fetched = buffer('fetched logits', vocabSize, MAP_READ | COPY_DST);
    [this.#summarize, this.#collect] = pipelines as [GPUComputePipeline, GPUComputePipeline];
    this.#bindings = device.createBindGroup({
      layout: this.#summarize.getBindGroupLayout(0),
      entries: [this.#logits, this.#parameters, this.#result].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
    this.tensor = ort.Tensor.fromGpuBuffer(this.#logits, {
      dataType: 'float32',
      dims: [1, 1, vocabSize],
    }) as OrtTensor;
  }

  /** Compiles the shader. */
  static async create(ort: Ort, device: GPUDevice, vocabSize: number): Promise<GpuLogits> {
    const module = device.createShaderModule({ label: 'selection', code: selectionShader });
    const entry = (type: GPUBufferBindingType, binding: number) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    });
    // Both entry points share it, and one bind group serves both.
    const bindings = device.createBindGroupLayout({
      entries: [entry('read-only-storage', 0), entry('uniform', 1), entry('storage', 2)],
    });
    const layout = device.createPipelineLayout({ bindGroupLayouts: [bindings] });
    const pipelines = await Promise.all(
      ['summarize', 'collect'].map((entryPoint) =>
        device.createComputePipelineAsync({ label: entryPoint, layout, compute: { module, entryPoint } }),
      ),
    );
    return new GpuLogits(ort, device, vocabSize, pipelines);
  }

  /** Takes over logits that lie in another buffer of the device. @param from `[vocabSize]` */
  take(from: GPUBuffer): void {
    const encoder = this.#device.createCommandEncoder({ label: 'logits' });
    encoder.copyBufferToBuffer(from, 0, this.#logits, 0, 4 * this.#vocabSize);
    this.#device.queue.submit([encoder.finish()]);
  }

  async computed(): Promise<void> {
    await this.#device.queue.onSubmittedWorkDone();
  }

  all(): Promise<Float32Array> {
    return this.#fetchLogits(0, this.#vocabSize);
  }

  async choose(processor: LogitsProcessor, sampler: Sampler, traced: boolean): Promise<ChosenToken> {
    const { allowed, banned } = processor.rule();
    if (allowed !== null) return this.#chooseAmong(allowed, sampler);
    if (sampler.wants !== 'all' && banned.size <= MOST_BANNED) {
      const lowest = Float32Array.of(LOWEST);
      for (const id of banned) this.#device.queue.writeBuffer(this.#logits, 4 * id, lowest);
      const summary = await this.summary(traced || sampler.wants === 'largest', sampler.temperature);
      const choice = summary && sampler.chooseFrom(summary);
      // A location outside of a location: its place and its heat map need them all.
      if (choice && processor.isLocation(choice.id)) {
        const logits = await this.all();
        processor.apply(logits);
        return { ...choice, probabilities: new TokenProbabilities(logits) };
      }
      if (choice && !traced) return { ...choice, probabilities: null };
      if (choice) return { ...choice, probabilities: probabilitiesOf(summary) };
    }
    return new HostLogits(await this.all()).choose(processor, sampler, traced);
  }

  /**
   * @param largest whether ids and logits are wanted; there are none otherwise
   * @returns null where the logits hold something that is no number, or too many of them are equal
   */
  async summary(largest: boolean, temperature = 1): Promise<LogitsSummary | null> {
    const { queue } = this.#device;
    const parameters = new DataView(new ArrayBuffer(4 * PARAMETER_WORDS));
    parameters.setUint32(0, this.#vocabSize, true);
    parameters.setFloat32(4, temperature > 0 ? 1 / temperature : 1, true);
    queue.writeBuffer(this.#parameters, 0, parameters);
    const encoder = this.#device.createCommandEncoder({ label: 'selection' });
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, this.#bindings);
    for (const pipeline of largest ? [this.#summarize, this.#collect] : [this.#summarize]) {
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(1);
    }
    pass.end();
    const bytes = await this.#fetch(encoder, this.#result, 0, 4 * (largest ? RESULT_WORDS : HEADER_WORDS));
    const words = new Uint32Array(bytes);
    const floats = new Float32Array(bytes);
    const [best, , , , unusable, count] = words as unknown as [number, number, number, number, number, number];
    const [, max, total, totalAtTemperature] = floats as unknown as [number, number, number, number];
    if (unusable > 0 || (largest && count > MOST_IDS)) return null;
    const found = largest ? count : 0;
    return {
      best,
      max,
      total,
      totalAtTemperature,
      ids: words.subarray(HEADER_WORDS, HEADER_WORDS + found),
      logits: floats.subarray(HEADER_WORDS + MOST_IDS, HEADER_WORDS + MOST_IDS + found),
    };
  }

  async tellsRightly(all: Float32Array): Promise<boolean> {
    const told = await this.summary(true, 0.5);
    const best = argMax(all);
    const max = all[best] as number;
    const sum = (temperature: number) => all.reduce((total, logit) => total + Math.exp((logit - max) / temperature), 0);
    const isNear = (value: number, wanted: number) => Math.abs(value - wanted) <= TOTAL_ERROR * wanted;
    // Too many equal ones to tell: then all logits are fetched anyway.
    if (told === null) return all.every(Number.isFinite);
    const least = all.slice().sort().at(-Math.min(LARGEST, all.length)) as number;
    const ids = new Set(told.ids);
    return (
      told.best === best &&
      told.max === max &&
      isNear(told.total, sum(1)) &&
      isNear(told.totalAtTemperature, sum(0.5)) &&
      told.ids.every((id, index) => all[id] === told.logits[index]) &&
      all.every((logit, id) => ids.has(id) === logit >= least)
    );
  }

  dispose(): void {
    for (const buffer of [this.#logits, this.#parameters, this.#result, this.#fetched]) buffer.destroy();
  }

  /** @param allowed ids in ascending order, none far from the others: the cells of a location, or the tags behind it */
  async #chooseAmong(allowed: readonly number[], sampler: Sampler): Promise<ChosenToken> {
    const first = allowed[0] as number;
    const near = await this.#fetchLogits(first, (allowed.at(-1) as number) + 1 - first);
    const logits = Float32Array.from(allowed, (id) => near[id - first] as number);
    const { id, probability } = sampler.choose(logits);
    return { id: allowed[id] as number, probability, probabilities: new TokenProbabilities(logits, allowed) };
  }

  async #fetchLogits(first: number, count: number): Promise<Float32Array> {
    const encoder = this.#device.createCommandEncoder({ label: 'logits' });
    return new Float32Array(await this.#fetch(encoder, this.#logits, 4 * first, 4 * count));
  }

  async #fetch(encoder: GPUCommandEncoder, from: GPUBuffer, offset: number, size: number): Promise<ArrayBuffer> {
    encoder.copyBufferToBuffer(from, offset, this.#fetched, 0, size);
    this.#device.queue.submit([encoder.finish()]);
    await this.#fetched.mapAsync(GPUMapMode.READ, 0, size).catch((thrown: Error) => {
      // Whoever waits for a lost device is told that the wait was aborted, as if somebody had stopped it.
      throw thrown.name === 'AbortError' ? deviceLost(thrown.message) : thrown;
    });
    const bytes = this.#fetched.getMappedRange(0, size).slice(0);
    this.#fetched.unmap();
    return bytes;
  }
}

/** Those of the largest logits. */
function probabilitiesOf({ ids, logits, total }: LogitsSummary): TokenProbabilities {
  const order = [...ids.keys()].sort((a, b) => (ids[a] as number) - (ids[b] as number));
  const ordered = Float32Array.from(order, (index) => logits[index] as number);
  return new TokenProbabilities(
    ordered,
    order.map((index) => ids[index] as number),
    total,
  );
}
