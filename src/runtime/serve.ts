import type { CaptureReport } from '../protocol/capture.ts';
import { AppError } from '../protocol/errors.ts';
import { fetchLateParts, latePart } from '../protocol/late-part.ts';
import type { BackendInfo, OpenProgress, Reply, Request } from '../protocol/messages.ts';
import { NewestOnly } from '../protocol/newest-only.ts';
import { orStopped } from '../protocol/or-stopped.ts';
import { phase } from '../protocol/phase.ts';
import { postFailure } from '../protocol/post-failure.ts';
import { openPackageAt } from '../storage/open-stored.ts';
import { browserBackends } from './browser-backend.ts';
import type { QuietCapture } from './capture/capture-quietly.ts';
import { captureRefusal } from './capture/capture-refusal.ts';
import { endDevice, failureOn } from './device-loss.ts';
import type { Engine } from './engine.ts';
import { decodeImage } from './image/decode-browser.ts';
import { wasmAskedFor } from './load-ort.ts';
import { type Quiet, untilQuiet } from './quiet.ts';
import { scriptLost } from './script-lost.ts';
import { hasAnother, refuseUnsound, selfTestName } from './self-test.ts';
import { browserMemory } from './self-test-memory.ts';
import { SerialQueue } from './serial-queue.ts';
import type { QuietTest } from './test-quietly.ts';

const inspecting = latePart(() => import('./inspect-model.ts'));

/** The worker's end of the wire. */
export interface Port {
  post(reply: Reply): void;
  listen(onRequest: (request: Request) => void): void;
}

interface Running {
  readonly type: Request['type'];
  readonly abort: AbortController;
}

/**
 * The engine's own script, fetched only once the wasm has been asked for: it must not delay the large downloads.
 * @throws AppError WORKER_LOST
 */
async function engineCode() {
  await wasmAskedFor();
  const { openEngine } = await import('./open-engine.ts').catch((thrown) => {
    throw scriptLost('open-engine', thrown);
  });
  return openEngine;
}

/** Requests that a change of the model ends; an answer under way it waits for. */
const NOT_WAITED_FOR: ReadonlySet<string> = new Set<Request['type']>(['open', 'prepare']);

/** Answers the page's requests with one engine at a time. It never throws: every failure becomes a `failed` reply. */
export function serve(port: Port): void {
  const running = new Map<number, Running>();
  /** Opening and closing, one after the other: no session may be made while others are. */
  const changes = new SerialQueue();
  const pictures = new NewestOnly();
  let engine: Engine | null = null;
  /** Whether the open engine has answered anything yet. */
  let answered = false;
  /** Ends what goes on behind the open engine. */
  let closing = new AbortController();

  function ready(): Engine {
    if (engine) return engine;
    throw new AppError('ENGINE_NOT_READY', 'The model is not open yet. Wait until it is ready, then ask again.');
  }

  /** Changes the model when its turn comes, and ends what it need not wait for. */
  function change<T>(id: number, work: () => Promise<T>): Promise<T> {
    for (const [other, { type, abort }] of running) if (other !== id && NOT_WAITED_FOR.has(type)) abort.abort();
    return changes.run(work);
  }

  async function close(): Promise<void> {
    closing.abort();
    closing = new AbortController();
    const last = engine;
    engine = null;
    answered = false;
    await last?.dispose();
    // Left alone, the device and all that was compiled on it would stay until garbage is collected, and longer where
    // onnxruntime still refers to it.
    if (last?.device) endDevice(last.device);
  }

  async function open(request: Extract<Request, { type: 'open' }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    const onProgress = (progress: OpenProgress) => port.post({ type: 'open-progress', id, progress });
    await close();
    signal.throwIfAborted();
    const coming = Promise.all([
      phase('package', () =>
        openPackageAt(request.url, {
          signal,
          onProgress: (received, total) => onProgress({ phase: 'download', received, total }),
          onWait: () => onProgress({ phase: 'waiting' }),
          onMend: (done, total) => onProgress({ phase: 'mending', done, total }),
        }),
      ).finally(() => onProgress({ phase: 'runtime' })),
      phase('backend', () => browserBackends(request.backend)),
      phase('engine code', engineCode),
    ]);
    // Nothing stops a runtime that is on its way: the next opening finds it there.
    const [pkg, backends, openEngine] = await orStopped(coming, signal);
    const testName = (backend: BackendInfo) => selfTestName(pkg, backend, self.location.href);
    engine = await openEngine(pkg, backends, {
      signal,
      onProgress,
      refuse: ({ info }) => refuseUnsound(browserMemory, testName(info), info),
    });
    if (signal.aborted) await close();
    signal.throwIfAborted();
    const { model } = engine;
    const idle = { engine, isIdle: () => running.size === 0, signal: closing.signal };
    const test = request.selfTests !== null && {
      ...idle,
      name: testName(model.backend),
      repository: pkg.manifest.source.repository,
      folder: request.selfTests,
      memory: browserMemory,
      another: hasAnother(model.backend, request.backend),
    };
    const { capture: wish } = request;
    // Asked now, so that a package the trial does not need is let go at once. The trial waits for the first answer, which it
    // would delay.
    const isIdle = () => answered && idle.isIdle();
    const capture =
      wish && (captureRefusal(model, pkg.weights, wish) ?? { ...idle, isIdle, pkg, wish, onLost: tellCapture });
    void workQuietly(idle, test, capture);
    return { type: 'opened', id, model };
  }

  const tellCapture = (report: CaptureReport) => port.post({ type: 'captured', report });

  /** What is done with an open model while nothing is asked of it; its scripts are fetched then, too. */
  async function workQuietly(
    quiet: Quiet,
    test: QuietTest | false,
    capture: QuietCapture | CaptureReport | undefined,
  ): Promise<void> {
    await untilQuiet(quiet);
    void fetchLateParts();
    // A case that cannot be fetched, or a device that is lost meanwhile, is no verdict: it is done another time.
    if (test) {
      const report = await import('./test-quietly.ts').then(({ testQuietly }) => testQuietly(test)).catch(() => null);
      if (report) port.post({ type: 'self-tested', report });
      if (report && !report.passed) return;
    }
    if (!capture) return;
    const trying = async (quiet: QuietCapture) => (await import('./capture/capture-quietly.ts')).captureQuietly(quiet);
    const report = 'pkg' in capture ? await trying(capture).catch(() => null) : capture;
    if (report) tellCapture(report);
  }

  async function generate(request: Extract<Request, { type: 'generate' }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    const asked = ready();
    for await (const event of asked.generate(request, signal)) port.post({ type: 'generation', id, event });
    // It may have been closed meanwhile.
    if (engine === asked) answered = true;
    return { type: 'ok', id };
  }

  async function answer(request: Exclude<Request, { type: 'cancel' }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    switch (request.type) {
      case 'open':
        return change(id, () => open(request, signal));
      case 'inspect': {
        const { inspectModel } = await inspecting();
        return { type: 'inspected', id, inspection: await inspectModel(request.source, request.backend, signal) };
      }
      case 'set-image': {
        const decode = () => decodeImage(request.blob, { signal });
        const picture = await pictures.run(request.image, decode, (decoded) =>
          ready().setImage(request.image, decoded),
        );
        return { type: 'image-set', id, info: { image: request.image, width: picture.width, height: picture.height } };
      }
      case 'drop-image':
        pictures.end(request.image);
        engine?.dropImage(request.image);
        return { type: 'ok', id };
      case 'prepare':
        await ready().prepare(request.image, signal);
        return { type: 'ok', id };
      case 'generate':
        return generate(request, signal);
      case 'score':
        return { type: 'scored', id, scores: await ready().score(request, signal) };
      case 'measure':
        return { type: 'measured', id, sizes: ready().measure(request.prompts) };
      case 'close':
        await change(id, close);
        return { type: 'ok', id };
    }
  }

  port.listen((request) => {
    if (request.type === 'cancel') {
      running.get(request.target)?.abort.abort();
      return;
    }
    const { id } = request;
    const abort = new AbortController();
    running.set(id, { type: request.type, abort });
    answer(request, abort.signal)
      .finally(() => running.delete(id))
      .then((reply) => port.post(reply))
      .catch(async (thrown) => {
        const failure = await failureOn(engine?.device ?? null, thrown);
        postFailure(failure, (error) => port.post({ type: 'failed', id, error }));
      });
  });
}

/**
 * Takes a Web Lock that is held until this worker ends, however it ends, so that the page can notice.
 * @returns its name, or null where the browser has no Web Locks or refuses them, as where it is to keep nothing
 */
export async function holdLifeLock(): Promise<string | null> {
  if (!('locks' in navigator)) return null;
  const name = `kosmos2-worker-${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    const hold = () => {
      resolve(name);
      return new Promise(() => {});
    };
    navigator.locks.request(name, hold).catch(() => resolve(null));
  });
}
