import { buildDecoderGraph } from '../../graph/decoder-graph.ts';
import { fittingTarget } from '../../graph/fitting-target.ts';
import type { ModelPackage } from '../../package/model-package.ts';
import type { Backend } from '../backend.ts';
import type { Decoder, SingleStep } from '../decoder.ts';
import { GpuKvCache } from '../gpu-kv-cache.ts';
import type { GpuLogits } from '../gpu-logits.ts';
import { cacheNames, cacheShape } from '../kv-cache.ts';
import type { OrtTensor, Session } from '../ort.ts';
import { toRuntimeError } from '../runtime-error.ts';
import type { SerialQueue } from '../serial-queue.ts';
import { createSession } from '../session.ts';
import { type FixedTensors, makeFixedTensors } from './fixed-tensors.ts';

/**
 * A second session of the decoder, for one position: onnxruntime records its first run on the GPU and plays it back ever
 * after. A recording reads and writes the buffers it was made with, so all inputs and outputs lie in fixed ones, the KV cache
 * too; what changes from run to run is written into them.
 */
export class CapturedStep implements SingleStep {
  readonly cache: GpuKvCache;
  readonly #device: GPUDevice;
  readonly #queue: SerialQueue;
  readonly #fixed: FixedTensors;
  readonly #session: Session;
  readonly #inputs: Readonly<Record<string, OrtTensor>>;
  readonly #outputs: Readonly<Record<string, OrtTensor>>;
  #isBound = false;

  private constructor(
    { device }: Backend,
    { config }: ModelPackage,
    queue: SerialQueue,
    fixed: FixedTensors,
    session: Session,
  ) {
    this.#device = device as GPUDevice;
    this.#queue = queue;
    this.#fixed = fixed;
    this.#session = session;
    const of = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, fixed.tensors[name] as OrtTensor]));
    const pasts = cacheNames(config.text).map(({ past }) => past);
    this.cache = new GpuKvCache(this.#device, config.text, of(pasts));
    this.#inputs = of([...INPUTS, ...pasts]);
    this.#outputs = { ...of(['logits']), ...this.cache.outputs };
  }

  /** @throws AppError OUT_OF_MEMORY, DEVICE_LOST, RUNTIME_FAILED (where a node cannot be recorded, too) */
  static async create(
    pkg: ModelPackage,
    { backend, queue, cacheType, cachePositions }: Decoder,
  ): Promise<CapturedStep> {
    const { config, weights, shards } = pkg;
    const one = { type: 'int32', dims: [1] } as const;
    const cache = { type: cacheType, dims: cacheShape(config.text, cachePositions) } as const;
    const shapes = {
      hidden_states: { type: 'float32', dims: [1, 1, config.text.embedDim] } as const,
      seqlens_k: one,
      total_sequence_length: one,
      logits_index: one,
      logits: { type: 'float32', dims: [1, 1, config.text.vocabSize] } as const,
      ...Object.fromEntries(cacheNames(config.text).map(({ past }) => [past, cache])),
    };
    const fixed = await makeFixedTensors(backend, shapes, queue);
    try {
      const graph = buildDecoderGraph(config, weights, await fittingTarget(backend.target, weights));
      const session = await createSession(backend, 'captured decoder', graph, shards, queue, {
        enableGraphCapture: true,
      });
      return new CapturedStep(backend, pkg, queue, fixed, session);
    } catch (thrown) {
      await release(fixed, queue);
      throw thrown;
    }
  }

  async run(hidden: Float32Array, length: number, logits: GpuLogits): Promise<void> {
    await this.#queue.run(async () => {
      this.#write('hidden_states', hidden);
      this.#write('seqlens_k', Int32Array.of(length));
      this.#write('total_sequence_length', Int32Array.of(length + 1));
      try {
        if (this.#isBound) {
          // Without naming outputs: of named ones onnxruntime-web would keep a handle for every run.
          for (const tensor of Object.values(await this.#session.run(this.#inputs))) tensor.dispose();
        } else {
          await this.#session.run(this.#inputs, this.#outputs);
          this.#isBound = true;
        }
      } catch (thrown) {
        throw toRuntimeError(thrown);
      }
      logits.take((this.#outputs.logits as OrtTensor).gpuBuffer as GPUBuffer);
    });
  }

  async dispose(): Promise<void> {
    await this.#queue.run(() => this.#session.release());
    await release(this.#fixed, this.#queue);
  }

  #write(name: string, numbers: Float32Array | Int32Array): void {
    const buffer = (this.#inputs[name] as OrtTensor).gpuBuffer as GPUBuffer;
    this.#device.queue.writeBuffer(buffer, 0, numbers as Float32Array<ArrayBuffer>);
  }
}

const INPUTS = ['hidden_states', 'seqlens_k', 'total_sequence_length', 'logits_index'] as const;

/** The tensors first: their buffers are the session's. */
async function release({ tensors, session }: FixedTensors, queue: SerialQueue): Promise<void> {
  for (const tensor of Object.values(tensors)) tensor.dispose();
  await queue.run(() => session.release());
}
