import type { Prompt } from '../kosmos2/prompt.ts';
import type { CaptureReport } from './capture.ts';
import type { EngineClient, OpenOptions } from './client.ts';
import { AppError, fromWire, toAppError } from './errors.ts';
import { folderUrl } from './folder-url.ts';
import type { GenerationEvent, GenerationRequest } from './generation.ts';
import { lowerRung } from './lower-rung.ts';
import type { ImageInfo, ModelInfo, OpenProgress, Reply, Request } from './messages.ts';
import type { ChoiceScore, PromptSizes, ScoreRequest } from './scoring.ts';
import type { SelfTestReport } from './self-test.ts';
import { streamOf } from './stream-of.ts';
import { WorkerLink } from './worker-link.ts';

type WithoutId<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;
type Call = WithoutId<Request>;

/** A request under way: where its replies go. */
interface Pending {
  reply(reply: Reply): void;
  fail(error: AppError): void;
}

/** Ways to lose a worker: it died, or its GPU or its memory did and it is not to be mended. */
const LOSSES: ReadonlySet<string> = new Set(['WORKER_LOST', 'DEVICE_LOST', 'OUT_OF_MEMORY']);
/** A loss may be an accident; after so many replays of one request it is the device. */
const MAX_REPLAYS = 2;

interface OpenedPackage {
  readonly url: string;
  readonly backend: OpenOptions['backend'];
  readonly selfTests: OpenOptions['selfTests'];
  readonly capture: OpenOptions['capture'];
}

/**
 * An EngineClient over a worker made by `createWorker` (an entry point like `workers/inference.ts`). The worker starts
 * with the first call. After it is lost another one takes over, with the model and the images, and does running requests
 * again.
 */
export function createEngineClient(createWorker: () => Worker): EngineClient {
  const images = new Map<string, Blob>();
  const pending = new Map<number, Pending>();
  const answering = new Set<AbortController>();
  const lostListeners = new Set<() => void>();
  const recoveredListeners = new Set<(model: ModelInfo) => void>();
  const selfTestListeners = new Set<(report: SelfTestReport) => void>();
  const captureListeners = new Set<(report: CaptureReport) => void>();
  let link: WorkerLink | null = null;
  let recovering: Promise<void> | null = null;
  let opened: OpenedPackage | null = null;
  /** The open model as it runs. */
  let model: ModelInfo | null = null;
  let lastId = 0;
  let disposed = false;

  function workerLost(): void {
    if (!link) return;
    link.terminate();
    link = null;
    const error = new AppError(
      'WORKER_LOST',
      'The part of the page that runs the model stopped (often for lack of memory). Nothing is lost: ask again and it starts anew.',
    );
    for (const request of [...pending.values()]) request.fail(error);
    pending.clear();
    for (const listener of lostListeners) listener();
  }

  function handle(reply: Reply): void {
    if (reply.type === 'hello' || reply.type === 'sent') return;
    if (reply.type === 'self-tested') {
      for (const listener of selfTestListeners) listener(reply.report);
      return;
    }
    if (reply.type === 'captured') {
      for (const listener of captureListeners) listener(reply.report);
      return;
    }
    const request = pending.get(reply.id);
    if (!request) return;
    if (reply.type !== 'failed') {
      request.reply(reply);
      return;
    }
    request.fail(fromWire(reply.error));
    // A worker whose GPU device is gone cannot be mended from within: start over with a fresh one.
    if (LOSSES.has(reply.error.code)) workerLost();
  }

  function connect(): WorkerLink {
    if (disposed) throw new AppError('ENGINE_NOT_READY', 'This engine was disposed of. Create another one.');
    link ??= new WorkerLink(createWorker, handle, workerLost);
    return link;
  }

  /** Sends a call; `final` says which reply ends it, every other goes to `onReply`. */
  function call<T extends Reply['type']>(
    message: Call,
    final: T,
    onReply?: (reply: Reply) => void,
    signal?: AbortSignal,
  ): Promise<Extract<Reply, { type: T }>> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const cancel = () => link?.post({ type: 'cancel', target: id });
      const settle = () => {
        pending.delete(id);
        signal?.removeEventListener('abort', cancel);
      };
      pending.set(id, {
        reply(reply) {
          if (reply.type !== final) return onReply?.(reply);
          settle();
          resolve(reply as Extract<Reply, { type: T }>);
        },
        fail(error) {
          settle();
          reject(error);
        },
      });
      try {
        connect().post({ ...message, id } as Request);
        signal?.addEventListener('abort', cancel, { once: true });
        if (signal?.aborted) cancel();
      } catch (thrown) {
        pending.get(id)?.fail(toAppError(thrown));
      }
    });
  }

  async function openPackage(from: OpenedPackage, options: OpenOptions): Promise<ModelInfo> {
    const onReply = (reply: Reply) => {
      if (reply.type === 'open-progress') options.onProgress?.(reply.progress satisfies OpenProgress);
    };
    const { url, backend = 'auto', selfTests = null, capture } = from;
    const message: Call = { type: 'open', url, backend, selfTests, capture };
    return (await call(message, 'opened', onReply, options.signal)).model;
  }

  /** Gives a fresh worker what the lost one had. */
  function recovered(): Promise<void> {
    if (link || !opened) return recovering ?? Promise.resolve();
    const from = opened;
    recovering = (async () => {
      model = await openPackage(from, {});
      for (const [image, blob] of images) await call({ type: 'set-image', image, blob }, 'image-set');
      for (const listener of recoveredListeners) listener(model);
    })().finally(() => {
      recovering = null;
    });
    return recovering;
  }

  /**
   * Whether a request that failed is to be made again.
   * @param losses how often it was lost by now
   * @param from the package and the rung it was made on
   */
  function again(thrown: unknown, losses: number, from: OpenedPackage | null, signal?: AbortSignal): boolean {
    const { code } = toAppError(thrown);
    if (!LOSSES.has(code) || disposed || signal?.aborted) return false;
    if (losses <= MAX_REPLAYS || opened !== from) return true;
    const lower = model && opened && lowerRung(model.backend, opened.backend ?? 'auto');
    if (!lower || !opened) return false;
    opened = { ...opened, backend: lower };
    return true;
  }

  /** One try of an answer. */
  function answer(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent, void, void> {
    return streamOf((tell) => {
      const onReply = (reply: Reply) => {
        if (reply.type === 'generation') tell(reply.event);
      };
      return call({ type: 'generate', ...request }, 'ok', onReply, signal);
    });
  }

  /** Does the work of a request, again where the worker is lost meanwhile. */
  async function surviving<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let losses = 1; ; losses++) {
      const from = opened;
      try {
        await recovered();
        return await work();
      } catch (thrown) {
        if (!again(thrown, losses, from, signal)) throw thrown;
      }
    }
  }

  return {
    async open(url, options = {}) {
      const absolute = (folder: string) => folderUrl(folder, document.baseURI);
      const { backend, selfTests, capture } = options;
      const from = { url: absolute(url), backend, selfTests: selfTests && absolute(selfTests), capture };
      for (let losses = 1; ; losses++) {
        try {
          model = await openPackage(from, options);
          opened = from;
          return model;
        } catch (thrown) {
          // The worker has tried every backend itself; only one that died without a word may have been an accident.
          const mayRepeat = toAppError(thrown).code === 'WORKER_LOST' && losses <= MAX_REPLAYS;
          if (!mayRepeat || disposed || options.signal?.aborted) throw thrown;
        }
      }
    },

    async inspect(source, { backend = 'auto', signal } = {}) {
      return (await call({ type: 'inspect', source, backend }, 'inspected', undefined, signal)).inspection;
    },

    async setImage(image, blob): Promise<ImageInfo> {
      const { info } = await surviving(() => call({ type: 'set-image', image, blob }, 'image-set'));
      images.set(image, blob);
      return info;
    },

    async dropImage(image) {
      images.delete(image);
      await surviving(() => call({ type: 'drop-image', image }, 'ok'));
    },

    async prepare(image, signal) {
      await surviving(() => call({ type: 'prepare', image }, 'ok', undefined, signal), signal);
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
            await recovered();
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
        return (await surviving(() => call({ type: 'score', ...request }, 'scored', undefined, either), either)).scores;
      } finally {
        answering.delete(stop);
      }
    },

    async measure(prompts: readonly Prompt[]): Promise<PromptSizes> {
      return (await surviving(() => call({ type: 'measure', prompts }, 'measured'))).sizes;
    },

    cancel() {
      for (const stop of answering) stop.abort();
    },

    onLost(listener) {
      lostListeners.add(listener);
      return () => lostListeners.delete(listener);
    },

    onRecovered(listener) {
      recoveredListeners.add(listener);
      return () => recoveredListeners.delete(listener);
    },

    onSelfTest(listener) {
      selfTestListeners.add(listener);
      return () => selfTestListeners.delete(listener);
    },

    onCapture(listener) {
      captureListeners.add(listener);
      return () => captureListeners.delete(listener);
    },

    dispose() {
      workerLost();
      disposed = true;
      images.clear();
    },
  };
}
