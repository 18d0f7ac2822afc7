import { buildDecoderGraph } from '../graph/decoder-graph.ts';
import { fittingTarget } from '../graph/fitting-target.ts';
import { buildVisionGraph } from '../graph/vision-graph.ts';
import type { ModelPackage } from '../package/model-package.ts';
import { AppError, type AppErrorCode, toAppError } from '../protocol/errors.ts';
import type { OpenProgress } from '../protocol/messages.ts';
import { phase } from '../protocol/phase.ts';
import type { Backend } from './backend.ts';
import { Decoder } from './decoder.ts';
import { endDevice, failureOn } from './device-loss.ts';
import { expectMemory } from './device-memory.ts';
import { Engine } from './engine.ts';
import type { GpuLogits } from './gpu-logits.ts';
import { kvCapacity } from './kv-cache.ts';
import { nextTask } from './next-task.ts';
import type { Session, SessionOptions } from './ort.ts';
import { scriptLost } from './script-lost.ts';
import { SerialQueue } from './serial-queue.ts';
import { createSession } from './session.ts';
import { VisionEncoder } from './vision-encoder.ts';

/** Makes a backend when its turn comes; it is told why the one before it failed. */
export type BackendMaker = (previousFailure: AppError | null) => Promise<Backend>;

export interface OpenEngineOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: OpenProgress) => void) | undefined;
  /** Throws where a backend is known to compute wrong; the next one gets its turn, and the last is not asked about. */
  readonly refuse?: ((backend: Backend) => Promise<void>) | undefined;
}

/**
 * Opens a package on the first backend that works: sessions are made, shaders compiled and the numbers looked at.
 * @throws AppError of the last backend tried; CANCELLED; WORKER_LOST for a script that cannot be fetched
 */
export async function openEngine(
  pkg: ModelPackage,
  backends: readonly BackendMaker[],
  options: OpenEngineOptions = {},
): Promise<Engine> {
  try {
    return await onFirstBackend(backends, options, (backend) => openOn(backend, pkg, options));
  } finally {
    for (const shard of pkg.shards.values()) shard.rest?.();
  }
}

/** Failures that are no backend's own. */
const ENDS: ReadonlySet<string> = new Set<AppErrorCode>(['CANCELLED', 'WORKER_LOST']);

/** What `open` gives on the first backend on which it works. @throws AppError of the last one tried; CANCELLED, WORKER_LOST */
export async function onFirstBackend<T>(
  backends: readonly BackendMaker[],
  options: Pick<OpenEngineOptions, 'refuse'>,
  open: (backend: Backend) => Promise<T>,
): Promise<T> {
  let failure: AppError | null = null;
  let losses = 0;
  for (let index = 0; index < backends.length; ) {
    let backend: Backend | null = null;
    try {
      backend = await (backends[index] as BackendMaker)(failure);
      if (index + 1 < backends.length) await options.refuse?.(backend);
      return await open(backend);
    } catch (thrown) {
      const next = await failureOn(backend?.device ?? null, thrown);
      if (backend?.device) endDevice(backend.device);
      // After a lost GPU there may be no adapter: keep DEVICE_LOST, the cause.
      if (failure?.code !== 'DEVICE_LOST' || next.code !== 'WEBGPU_UNAVAILABLE') failure = next;
      if (ENDS.has(next.code)) break;
      // A GPU that was lost by an accident of its process is there again at once.
      if (next.code !== 'DEVICE_LOST' || ++losses > 1) index += 1;
    }
  }
  throw failure ?? new AppError('INTERNAL', 'No backend was given to open the model on.');
}

async function openOn(backend: Backend, pkg: ModelPackage, options: OpenEngineOptions): Promise<Engine> {
  const { vision, decoder } = await openParts(backend, pkg, options);
  try {
    // Fetched only now: nothing before needs it, and it stands in the way of no other byte.
    const [{ createCodec }] = await Promise.all([
      import('./tokenizer.ts').catch((thrown) => {
        throw scriptLost('@huggingface/tokenizers', thrown);
      }),
      phase('warm-up', () => warmUp(vision, decoder, pkg, options)),
    ]);
    expectMemory(backend.device);
    const codec = await phase('codec', () => createCodec(pkg.tokenizer, pkg.tokenizerConfig));
    return await phase('engine', () => new Engine(backend, pkg, vision, decoder, codec));
  } catch (thrown) {
    await Promise.allSettled([vision.dispose(), decoder.dispose()]);
    throw thrown;
  }
}

/** The two halves of a model, ready to run; and the decoder's session, for what else is to run on it. */
export interface EngineParts {
  readonly vision: VisionEncoder;
  readonly decoder: Decoder;
  readonly decoderSession: Session;
}

/** In graphs of int8 products onnxruntime finds nothing to make better, and takes a sixth of opening them to look. */
const AS_BUILT: SessionOptions = { graphOptimizationLevel: 'disabled' };

/** Opens the two halves of a model: for the engine, and for measuring each alone. */
export async function openParts(
  backend: Backend,
  { config, weights, shards }: ModelPackage,
  { signal, onProgress }: OpenEngineOptions = {},
): Promise<EngineParts> {
  const queue = new SerialQueue();
  const target = await fittingTarget(backend.target, weights).catch((thrown) => {
    throw scriptLost('int8-product', thrown);
  });
  const more = target.int8 ? AS_BUILT : {};
  onProgress?.({ phase: 'build' });
  await nextTask();
  signal?.throwIfAborted();
  // Fetched and compiled while the sessions are made.
  const gpuLogits = backend.device && logitsOn(backend, backend.device, config.text.vocabSize);
  const visionSession = await createSession(
    backend,
    'vision',
    await phase('vision graph', () => buildVisionGraph(config, weights, target)),
    shards,
    queue,
    more,
  );
  const vision = new VisionEncoder(backend, visionSession, config, queue);
  const decoderSession = await decoderOf().catch(async (thrown) => {
    // Nobody else knows of it yet.
    await vision.dispose().catch(() => {});
    throw thrown;
  });
  const decoder = new Decoder(backend, decoderSession, config.text, kvCapacity(config.text), queue);
  const logits = await gpuLogits;
  if (logits instanceof AppError) decoder.chooseOnCpu(logits.message);
  else if (logits) decoder.chooseOnGpu(logits);
  return { vision, decoder, decoderSession };

  async function decoderOf(): Promise<Session> {
    signal?.throwIfAborted();
    const graph = await phase('decoder graph', () => buildDecoderGraph(config, weights, target));
    return createSession(backend, 'decoder', graph, shards, queue, more);
  }
}

/**
 * Runs every shape once where shapes have to be compiled, and refuses a backend whose numbers are not numbers (float16
 * overflow, a broken kernel, work that is dropped), so that the next one gets its turn.
 */
async function warmUp(
  vision: VisionEncoder,
  decoder: Decoder,
  { config }: ModelPackage,
  { signal, onProgress }: OpenEngineOptions,
): Promise<void> {
  const lengths = decoder.paddedLengths;
  if (lengths.length === 0) return;
  const total = lengths.length + 1;
  const { channels, imageSize } = config.vision;
  onProgress?.({ phase: 'warmup', done: 0, total });
  expectNumbers(await vision.encode(steps(channels * imageSize * imageSize)), 'vision tower');
  for (const [index, length] of lengths.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ phase: 'warmup', done: index + 1, total });
    const next = await decoder.next(steps(length * config.text.embedDim));
    const logits = await next.all();
    expectNumbers(logits, 'decoder');
    if (!(await next.tellsRightly(logits)))
      decoder.chooseOnCpu('the GPU tells other numbers of the logits than they are');
    decoder.rewind(0);
  }
  onProgress?.({ phase: 'warmup', done: total, total });
}

/** @returns the failure where it cannot be: choosing on the CPU takes longer, but nothing is lost with it */
async function logitsOn({ ort }: Backend, device: GPUDevice, vocabSize: number): Promise<GpuLogits | AppError> {
  try {
    const { GpuLogits } = await import('./gpu-logits.ts');
    return await GpuLogits.create(ort, device, vocabSize);
  } catch (thrown) {
    return toAppError(thrown);
  }
}

/** Numbers from -1/2 to 1/2. Of zeros alone a model may make zeros, as a GPU does that computes nothing. */
function steps(length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => (index % 7) / 6 - 0.5);
}

function expectNumbers(values: Float32Array, part: string): void {
  if (values.every(Number.isFinite) && values.some((value) => value !== values[0])) return;
  throw new AppError(
    'RUNTIME_FAILED',
    `The ${part} gives numbers that are not finite, or all the same, on this device. Run the model on the CPU instead (backend wasm).`,
    { part },
  );
}
