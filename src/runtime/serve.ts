import { AppError, toWire } from '../protocol/errors.ts';
import type { OpenProgress, Reply, Request } from '../protocol/messages.ts';
import { openPackageAt } from '../storage/open-stored.ts';
import { browserBackends } from './browser-backend.ts';
import type { Engine } from './engine.ts';
import { decodeImage } from './image/decode-browser.ts';
import { openEngine } from './open-engine.ts';

/** The worker's end of the wire. */
export interface Port {
  post(reply: Reply): void;
  listen(onRequest: (request: Request) => void): void;
}

/** Answers the page's requests with one engine at a time. It never throws: every failure becomes a `failed` reply. */
export function serve(port: Port): void {
  const running = new Map<number, AbortController>();
  let engine: Engine | null = null;

  function ready(): Engine {
    if (engine) return engine;
    throw new AppError('ENGINE_NOT_READY', 'The model is not open yet. Wait until it is ready, then ask again.');
  }

  async function open(request: Extract<Request, { type: 'open' }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    const onProgress = (progress: OpenProgress) => port.post({ type: 'open-progress', id, progress });
    await engine?.dispose();
    engine = null;
    const [pkg, backends] = await Promise.all([
      openPackageAt(request.url, {
        signal,
        onProgress: (received, total) => onProgress({ phase: 'download', received, total }),
      }),
      browserBackends(request.backend),
    ]);
    engine = await openEngine(pkg, backends, { signal, onProgress });
    return { type: 'opened', id, model: engine.model };
  }

  async function answer(request: Exclude<Request, { type: 'cancel' }>, signal: AbortSignal): Promise<Reply> {
    const { id } = request;
    switch (request.type) {
      case 'open':
        return open(request, signal);
      case 'set-image': {
        const picture = await decodeImage(request.blob, { signal });
        ready().setImage(request.image, picture);
        return { type: 'image-set', id, info: { image: request.image, width: picture.width, height: picture.height } };
      }
      case 'drop-image':
        engine?.dropImage(request.image);
        return { type: 'ok', id };
      case 'prepare':
        await ready().prepare(request.image, signal);
        return { type: 'ok', id };
      case 'generate':
        for await (const event of ready().generate(request, signal)) port.post({ type: 'generation', id, event });
        return { type: 'ok', id };
      case 'score':
        return { type: 'scored', id, scores: await ready().score(request, signal) };
      case 'measure':
        return { type: 'measured', id, sizes: ready().measure(request.prompts) };
      case 'close':
        await engine?.dispose();
        engine = null;
        return { type: 'ok', id };
    }
  }

  port.listen((request) => {
    if (request.type === 'cancel') {
      running.get(request.target)?.abort();
      return;
    }
    const { id } = request;
    const abort = new AbortController();
    running.set(id, abort);
    answer(request, abort.signal)
      .catch((thrown): Reply => ({ type: 'failed', id, error: toWire(thrown) }))
      .then((reply) => {
        running.delete(id);
        port.post(reply);
      });
  });
}

/**
 * Takes a Web Lock that is held until this worker ends, however it ends, so that the page can notice.
 * @returns its name, or null where the browser has no Web Locks
 */
export async function holdLifeLock(): Promise<string | null> {
  if (!('locks' in navigator)) return null;
  const name = `kosmos2-worker-${crypto.randomUUID()}`;
  await new Promise<void>((resolve) => {
    void navigator.locks.request(name, () => {
      resolve();
      return new Promise(() => {});
    });
  });
  return name;
}
