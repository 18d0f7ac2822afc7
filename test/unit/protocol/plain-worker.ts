import { afterEach, vi } from 'vitest';
import type { EngineClient } from '../../../src/protocol/client.ts';
import type { AppErrorCode } from '../../../src/protocol/errors.ts';
import type { Request } from '../../../src/protocol/messages.ts';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';

export const PACKAGE = 'https://example.org/model/';

/** Keeps the worker's side of the protocol without a model: it answers what has one open and images set. */
class PlainWorker extends EventTarget {
  readonly heard: string[] = [];
  readonly opened: Extract<Request, { type: 'open' }>[] = [];
  readonly images = new Map<string, Blob>();
  #open = false;
  #onGpu = false;

  postMessage(request: Request): void {
    if (faults.slow) return;
    const answer = () => this.dispatchEvent(new MessageEvent('message', { data: this.#answer(request) }));
    const say = faults.noScript ? () => this.die() : answer;
    if (request.type === 'set-image' && faults.held) faults.held.push(say);
    else queueMicrotask(say);
  }

  terminate(): void {}

  die(): void {
    this.dispatchEvent(new Event('error'));
  }

  #answer(request: Request): object {
    const { type } = request;
    const id = 'id' in request ? request.id : -1;
    const failed = (code: AppErrorCode, details = {}) => ({
      type: 'failed',
      id,
      error: { code, message: code, details },
    });
    this.heard.push(type === 'set-image' ? `set ${request.image}` : type);
    if (type === 'open') this.opened.push(request);
    if (type === 'inspect') return { type: 'inspected', id, inspection: {} };
    if (type === 'open' && (faults.offline || request.url.includes('gone'))) return failed('PACKAGE_FETCH_FAILED');
    if (type === 'open' && faults.noRuntime)
      return failed('WORKER_LOST', { script: 'onnxruntime-web', reason: 'offline' });
    if (type === 'open') {
      this.#open = true;
      const progress = { type: 'open-progress', id, progress: { phase: 'build' } };
      this.dispatchEvent(new MessageEvent('message', { data: progress }));
      this.#onGpu = request.backend !== 'wasm';
      const refused = faults.noAdapter && this.#onGpu && { code: 'WEBGPU_UNAVAILABLE', message: 'none', details: {} };
      this.#onGpu &&= !refused;
      const backend = { kind: this.#onGpu ? 'webgpu' : 'wasm', activation: 'f16', fallbackReason: refused || null };
      return { type: 'opened', id, model: { backend } };
    }
    if (!this.#open) return failed('ENGINE_NOT_READY');
    if (faults.noGpu && this.#onGpu) return failed('DEVICE_LOST');
    if (type === 'set-image' && faults.unreadable.has(request.image)) return failed('IMAGE_DAMAGED');
    if (type === 'set-image') {
      this.images.set(request.image, request.blob);
      return { type: 'image-set', id, info: {} };
    }
    if (type === 'prepare' && !this.images.has(request.image)) return failed('IMAGE_UNKNOWN');
    return { type: 'ok', id };
  }
}

/** What goes wrong with every worker, until the test is over. */
export const faults = {
  offline: false,
  noRuntime: false,
  noScript: false,
  /** Whether the GPU is lost whenever it is to do something. */
  noGpu: false,
  /** Whether the browser gives no GPU any more. */
  noAdapter: false,
  /** Pictures at which a worker is still at work, where it takes its time. */
  held: null as (() => void)[] | null,
  /** Whether nothing is answered any more. */
  slow: false,
  unreadable: new Set() as ReadonlySet<string>,
};
const NONE = { ...faults };

export let workers: PlainWorker[] = [];
export let engine: EngineClient;

/** To be called once in a file of tests, each of which then begins without a fault. */
export function endFaultsAfterEach(): void {
  afterEach(() => {
    vi.unstubAllGlobals();
    engine.dispose();
    Object.assign(faults, NONE);
  });
}

/** A client with a model and three pictures, whose first worker has just died. */
export async function afterLoss(): Promise<void> {
  workers = [];
  engine = createEngineClient(() => {
    const worker = new PlainWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  await engine.open(PACKAGE);
  for (const image of ['first', 'second', 'third']) await engine.setImage(image, new Blob([image]));
  workers[0]?.die();
}
