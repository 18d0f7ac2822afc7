import type { Prompt } from '../kosmos2/prompt.ts';
import type { EngineClient, OpenOptions, Recovery } from './client.ts';
import { AppError, toAppError, toWire, type WireError } from './errors.ts';
import { folderUrl } from './folder-url.ts';
import type { GenerationEvent, GenerationRequest } from './generation.ts';
import { GivenImages } from './given-images.ts';
import { Listeners } from './listeners.ts';
import { lowerRung } from './lower-rung.ts';
import type { ModelInfo, Reply } from './messages.ts';
import { orStopped } from './or-stopped.ts';
import type { ChoiceScore, PromptSizes, ScoreRequest } from './scoring.ts';
import { streamOf } from './stream-of.ts';
import { withoutGpu } from './without-gpu.ts';
import { type Call, isLoss, WorkerCalls } from './worker-calls.ts';

/** A loss may be an accident; after so many replays of one request it is the device. */
const MAX_REPLAYS = 2;

interface OpenedPackage {
  readonly url: string;
  readonly backend: OpenOptions['backend'];
  readonly selfTests: OpenOptions['selfTests'];
  readonly capture: OpenOptions['capture'];
  /** Why it is on a lower rung than was asked for. */
  readonly fallbackReason?: WireError;
}

/**
 * An EngineClient over a worker made by `createWorker` (an entry point like `workers/inference.ts`). The worker starts
 * with the first call. After it is lost another one takes over, with the model and the images, and does running requests
 * again.
 */
export function createEngineClient(createWorker: () => Worker): EngineClient {
  const calls = new WorkerCalls(createWorker);
  const images = new GivenImages(calls);
  const answering = new Set<AbortController>();
  const attempts = new Listeners<Recovery>();
  const recoveries = new Listeners<ModelInfo>();
  let recovering: Promise<void> | null = null;
  /** Tells of a recovery that failed, unless whoever waits for it tries again at once. */
  let failing: ReturnType<typeof setTimeout> | undefined;
  let opened: OpenedPackage | null = null;
  let openings = 0;
  /** Whether the worker has the package that was opened, and its images. A fresh one may be there without. */
  let equipped = false;
  /** Whether any model has run on the GPU. */
  let hadGpu = false;
  /** The open model as it runs. */
  let model: ModelInfo | null = null;
  calls.lost.add(() => {
    equipped = false;
  });

  async function openPackage(from: OpenedPackage, options: OpenOptions): Promise<ModelInfo> {
    const onReply = (reply: Reply) => {
      if (reply.type === 'open-progress') options.onProgress?.(reply.progress);
    };
    const { url, backend = 'auto', selfTests = null, capture, fallbackReason } = from;
    const message: Call = { type: 'open', url, backend, selfTests, capture };
    const reply = await calls.call(message, 'opened', onReply, options.signal);
    hadGpu ||= reply.model.backend.kind === 'webgpu';
    const model = hadGpu ? withoutGpu(reply.model) : reply.model;
    const { backend: runsOn } = model;
    // A worker that was asked for the CPU does not know why.
    if (runsOn.kind !== 'wasm' || runsOn.fallbackReason || !fallbackReason) return model;
    return { ...model, backend: { ...runsOn, fallbackReason } };
  }

  /** Gives a fresh worker what the lost one had; does so again where that failed. */
  function recovered(): Promise<void> {
    if (equipped || !opened) return Promise.resolve();
    if (recovering) return recovering;
    recovering = recover(opened).finally(() => {
      recovering = null;
    });
    attempts.tell({ phase: 'loading', backend: opened.backend ?? 'auto', progress: null });
    return recovering;
  }

  /** Whether the worker may be told of a prompt now. It is told at once then, so that messages leave in the order of the calls. */
  function isReady(prompt: Prompt): boolean {
    return (equipped || !opened) && !images.lacks(prompt);
  }

  /** Makes the worker ready for a prompt. A stop does not wait for a model to open. @throws AppError CANCELLED, what opening or an image throws */
  async function ready(prompt: Prompt, signal: AbortSignal | undefined): Promise<void> {
    const recovery = recovered();
    await (signal && !equipped ? orStopped(recovery, signal) : recovery);
    await images.giveMissing(prompt);
  }

  async function recover(from: OpenedPackage): Promise<void> {
    const { backend = 'auto' } = from;
    const tell = (recovery: Recovery) => {
      if (opened === from) attempts.tell(recovery);
    };
    clearTimeout(failing);
    try {
      model = await openPackage(from, { onProgress: (progress) => tell({ phase: 'loading', backend, progress }) });
    } catch (thrown) {
      failing = setTimeout(() => tell({ phase: 'failed', backend, error: toAppError(thrown) }));
      throw thrown;
    }
    images.lose();
    // Another model may have been asked for meanwhile.
    if (opened !== from) return;
    equipped = true;
    recoveries.tell(model);
  }

  /**
   * Whether a request that failed is to be made again.
   * @param losses how often it was lost by now
   * @param from the package and the rung it was made on
   */
  function again(thrown: unknown, losses: number, from: OpenedPackage | null, signal?: AbortSignal): boolean {
    if (!isLoss(thrown) || calls.isDisposed || signal?.aborted) return false;
    if (losses <= MAX_REPLAYS || opened !== from) return true;
    // Without the runtime no lower rung runs either.
    if ('script' in toAppError(thrown).details) return false;
    const lower = model && opened && lowerRung(model.backend, opened.backend ?? 'auto');
    if (!lower || !opened) return false;
    opened = { ...opened, backend: lower, fallbackReason: toWire(thrown) };
    return true;
  }

  /** One try of an answer. */
  function answer(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent, void, void> {
    return streamOf((tell) => {
      const onReply = (reply: Reply) => {
        if (reply.type === 'generation') tell(reply.event);
      };
      return calls.call({ type: 'generate', ...request }, 'ok', onReply, signal);
    });
  }

  /**
   * Does the work of a request, again where the worker is lost meanwhile.
   * @param prompt what it shows the model
   */
  async function surviving<T>(work: () => Promise<T>, prompt: Prompt = [], signal?: AbortSignal): Promise<T> {
    for (let losses = 1; ; losses++) {
      const from = opened;
      try {
        if (!isReady(prompt)) await ready(prompt, signal);
        return await work();
      } catch (thrown) {
        if (!again(thrown, losses, from, signal)) throw thrown;
      }
    }
  }

  return {
    async open(url, options = {}) {
      // Nothing is let go of for what was stopped before it began.
      if (options.signal?.aborted) throw new AppError('CANCELLED', 'Stopped.');
      // A worker has no document, Node no address either.
      const base = globalThis.document?.baseURI ?? globalThis.location?.href;
      const absolute = (folder: string) => folderUrl(folder, base);
      const { backend, selfTests, capture } = options;
      const from = { url: absolute(url), backend, selfTests: selfTests && absolute(selfTests), capture };
      // The worker lets go of the one before first: were it opened anew now, for a request, there would be two.
      opened = null;
      images.clear();
      const opening = ++openings;
      for (let losses = 1; ; losses++) {
        try {
          const info = await openPackage(from, options);
          if (opening === openings) {
            model = info;
            opened = from;
            equipped = true;
          }
          return info;
        } catch (thrown) {
          // The worker has tried every backend itself; only one that died without a word may have been an accident.
          const mayRepeat = toAppError(thrown).code === 'WORKER_LOST' && losses <= MAX_REPLAYS;
          if (!mayRepeat || calls.isDisposed || options.signal?.aborted) throw thrown;
        }
      }
    },

    async inspect(source, { backend = 'auto', signal } = {}) {
      return (await calls.call({ type: 'inspect', source, backend }, 'inspected', undefined, signal)).inspection;
    },

    setImage: (image, blob, signal) => surviving(() => images.set(image, blob, signal), [], signal),

    async dropImage(image) {
      images.drop(image);
      // A worker that is lost has lost the picture too.
      if (!isReady([])) return;
      await calls.call({ type: 'drop-image', image }, 'ok').catch((thrown) => {
        if (!isLoss(thrown)) throw thrown;
      });
    },

    async prepare(image, signal) {
      const work = () => calls.call({ type: 'prepare', image }, 'ok', undefined, signal);
      try {
        await surviving(work, [{ kind: 'image', image }], signal);
      } catch (thrown) {
        if (!signal?.aborted || toAppError(thrown).code !== 'CANCELLED') throw thrown;
      }
    },

    async *generate(request: GenerationRequest, signal?: AbortSignal): AsyncGenerator<GenerationEvent, void, void> {
      const stop = new AbortController();
      answering.add(stop);
      const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      let finished = false;
      try {
        for (let losses = 1; !finished; losses++) {
          const from = opened;
          try {
            const prompt = [...(request.context ?? []), ...request.prompt];
            if (!isReady(prompt)) await ready(prompt, either);
            yield* answer(request, either);
            finished = true;
          } catch (thrown) {
            if (!again(thrown, losses, from, either)) throw thrown;
            yield { type: 'restart' };
          }
        }
      } finally {
        // Whoever stops listening stops the model too.
        if (!finished) stop.abort();
        answering.delete(stop);
      }
    },

    async score(request: ScoreRequest, signal?: AbortSignal): Promise<readonly ChoiceScore[]> {
      const stop = new AbortController();
      answering.add(stop);
      try {
        const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
        const work = () => calls.call({ type: 'score', ...request }, 'scored', undefined, either);
        return (await surviving(work, request.prompt, either)).scores;
      } finally {
        answering.delete(stop);
      }
    },

    async measure(prompts: readonly Prompt[]): Promise<PromptSizes> {
      return (await surviving(() => calls.call({ type: 'measure', prompts }, 'measured'))).sizes;
    },

    cancel() {
      for (const stop of answering) stop.abort();
    },

    onLost: (listener) => calls.lost.add(listener),
    onRecovering: (listener) => attempts.add(listener),
    onRecovered: (listener) => recoveries.add(listener),
    onSelfTest: (listener) => calls.selfTested.add(listener),
    onCapture: (listener) => calls.captured.add(listener),

    dispose() {
      opened = null;
      calls.dispose();
      images.clear();
    },
  };
}
