import { afterEach, expect, it, vi } from 'vitest';
import type { EngineClient } from '../../../src/protocol/client.ts';
import type { AppErrorCode } from '../../../src/protocol/errors.ts';
import type { Request } from '../../../src/protocol/messages.ts';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';
import { collect } from '../../support/collect.ts';

const PACKAGE = 'https://example.org/model/';

/** Keeps the worker's side of the protocol without a model: it answers what has one open and images set. */
class PlainWorker extends EventTarget {
  readonly heard: string[] = [];
  readonly opened: Extract<Request, { type: 'open' }>[] = [];
  readonly images = new Map<string, Blob>();
  #open = false;
  #onGpu = false;

  postMessage(request: Request): void {
    if (slow) return;
    const answer = () => this.dispatchEvent(new MessageEvent('message', { data: this.#answer(request) }));
    const say = noScript ? () => this.die() : answer;
    if (request.type === 'set-image' && held) held.push(say);
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
    if (type === 'open' && (offline || request.url.includes('gone'))) return failed('PACKAGE_FETCH_FAILED');
    if (type === 'open' && noRuntime) return failed('WORKER_LOST', { script: 'onnxruntime-web', reason: 'offline' });
    if (type === 'open') {
      this.#open = true;
      const progress = { type: 'open-progress', id, progress: { phase: 'build' } };
      this.dispatchEvent(new MessageEvent('message', { data: progress }));
      this.#onGpu = request.backend !== 'wasm';
      const backend = { kind: this.#onGpu ? 'webgpu' : 'wasm', activation: 'f16', fallbackReason: null };
      return { type: 'opened', id, model: { backend } };
    }
    if (!this.#open) return failed('ENGINE_NOT_READY');
    if (noGpu && this.#onGpu) return failed('DEVICE_LOST');
    if (type === 'set-image' && unreadable.has(request.image)) return failed('IMAGE_DAMAGED');
    if (type === 'set-image') {
      this.images.set(request.image, request.blob);
      return { type: 'image-set', id, info: {} };
    }
    if (type === 'prepare' && !this.images.has(request.image)) return failed('IMAGE_UNKNOWN');
    return { type: 'ok', id };
  }
}

let offline = false;
let noRuntime = false;
let noScript = false;
/** Whether the GPU is lost whenever it is to do something. */
let noGpu = false;
/** Pictures at which a worker is still at work, where it takes its time. */
let held: (() => void)[] | null = null;
/** Whether nothing is answered any more. */
let slow = false;
let unreadable: ReadonlySet<string> = new Set();
let workers: PlainWorker[] = [];
let engine: EngineClient;

afterEach(() => {
  vi.unstubAllGlobals();
  engine.dispose();
  offline = false;
  noRuntime = false;
  noScript = false;
  noGpu = false;
  slow = false;
  held = null;
  unreadable = new Set();
});

/** A client with a model and three pictures, whose first worker has just died. */
async function afterLoss(): Promise<void> {
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

/** Asks a question that shows pictures. */
function ask(...images: string[]): Promise<unknown> {
  return collect(engine.generate({ prompt: images.map((image) => ({ kind: 'image', image })) }));
}

/** A question about two pictures, the second of which is set anew while a fresh worker is given the first. */
async function setWhileAnotherIsGiven() {
  await afterLoss();
  const waiting: (() => void)[] = [];
  held = waiting;
  const asking = ask('first', 'second');
  await vi.waitUntil(() => waiting.length === 1);
  const newer = new Blob(['newer']);
  const setting = engine.setImage('second', newer);
  await vi.waitUntil(() => waiting.length === 2);
  waiting.shift()?.();
  await new Promise((resolve) => setTimeout(resolve));
  held = null;
  return { newer, setting, asking, waiting };
}

it('a worker that was started to look at another model gets the open one, and the picture, before it is asked anything', async () => {
  await afterLoss();
  await engine.inspect({ kind: 'official' });
  await engine.prepare('second');
  expect(workers.map(({ heard }) => heard)[1]).toEqual(['inspect', 'open', 'set second', 'prepare']);
});

it('of many pictures a fresh worker gets each when it is first asked about, once', async () => {
  await afterLoss();
  await engine.prepare('third');
  await engine.prepare('third');
  await engine.prepare('first');
  expect(workers[1]?.heard).toEqual(['open', 'set third', 'prepare', 'prepare', 'set first', 'prepare']);
});

it('pictures of the model before are let go of when another is opened', async () => {
  await afterLoss();
  await engine.open(`${PACKAGE}other/`);
  await engine.setImage('fourth', new Blob());
  workers[1]?.die();
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
  await engine.prepare('fourth');
  expect(workers[2]?.heard).toEqual(['open', 'prepare', 'set fourth', 'prepare']);
});

it('a picture that only the model before may have got is there once it is told to be', async () => {
  await afterLoss();
  await engine.prepare('first');
  const waiting: (() => void)[] = [];
  held = waiting;
  const setting = engine.setImage('fourth', new Blob());
  await vi.waitUntil(() => waiting.length > 0);
  held = null;
  const opening = engine.open(`${PACKAGE}other/`);
  waiting[0]?.();
  await opening;
  await setting;
  expect(workers[1]?.heard.slice(-3)).toEqual(['set fourth', 'open', 'set fourth']);
});

it('a picture that is set while the model opens again stays, whatever is asked meanwhile', async () => {
  await afterLoss();
  const newer = new Blob(['newer']);
  await Promise.all([engine.setImage('first', newer), ask('first')]);
  expect(workers[1]?.images.get('first')).toBe(newer);
});

it('a picture that is set while a fresh worker is given another stays', async () => {
  const { newer, setting, asking, waiting } = await setWhileAnotherIsGiven();
  for (const say of waiting) say();
  await Promise.all([setting, asking]);
  expect(workers[1]?.images.get('second')).toBe(newer);
});

it('where a picture cannot be set, a question about its name gets the one before', async () => {
  const { newer, setting, asking, waiting } = await setWhileAnotherIsGiven();
  unreadable = new Set(['second']);
  for (const say of waiting) say();
  unreadable = new Set();
  await expect(setting).rejects.toMatchObject({ code: 'IMAGE_DAMAGED' });
  await asking;
  expect(workers[1]?.images.has('second')).toBe(true);
  expect(workers[1]?.images.get('second')).not.toBe(newer);
});

it('a worker that is lost while a question waits for a picture costs neither', async () => {
  const { newer, setting, asking } = await setWhileAnotherIsGiven();
  workers[1]?.die();
  await Promise.all([setting, asking]);
  expect(workers[2]?.images.get('second')).toBe(newer);
  expect(workers[2]?.images.has('first')).toBe(true);
});

it('a stop does not wait for the model to open again', async () => {
  await afterLoss();
  slow = true;
  const stop = new AbortController();
  const preparing = engine.prepare('first', stop.signal);
  const setting = engine.setImage('first', new Blob(), stop.signal);
  const scoring = engine.score({ prompt: [], choices: [] }, stop.signal);
  const answering = engine.generate({ prompt: [] }, stop.signal).next();
  stop.abort();
  await preparing;
  await expect(setting).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(scoring).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(answering).rejects.toMatchObject({ code: 'CANCELLED' });
});

it('a worker hears that a picture is wanted no more', async () => {
  await afterLoss();
  await engine.prepare('first');
  held = [];
  const stop = new AbortController();
  void engine.setImage('second', new Blob(), stop.signal).catch(() => {});
  await vi.waitUntil(() => held?.length === 1);
  stop.abort();
  await vi.waitFor(() => expect(workers[1]?.heard.at(-1)).toBe('cancel'));
});

it('disposing of an engine is no loss: what is under way ends as stopped, and nobody is told of a crash', async () => {
  await afterLoss();
  await engine.prepare('first');
  const lost = vi.fn();
  engine.onLost(lost);
  slow = true;
  const looking = engine.inspect({ kind: 'official' });
  engine.dispose();
  await expect(looking).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(lost).not.toHaveBeenCalled();
  await expect(engine.inspect({ kind: 'official' })).rejects.toMatchObject({ code: 'ENGINE_NOT_READY' });
});

it('a recovery that failed is made again by the next request', async () => {
  await afterLoss();
  offline = true;
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  offline = false;
  await engine.prepare('first');
  await engine.prepare('second');
  expect(workers[1]?.heard.filter((heard) => heard === 'open')).toHaveLength(2);
});

it('how a lost model is opened again is told while it is, and a failure once nothing tries it at once', async () => {
  await afterLoss();
  const told: string[] = [];
  engine.onRecovering((recovery) => told.push(recovery.phase === 'failed' ? recovery.error.code : 'loading'));
  engine.onRecovered(() => told.push('ready'));
  noRuntime = true;
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'WORKER_LOST' });
  await vi.waitFor(() => expect(told).toEqual(['loading', 'loading', 'loading', 'WORKER_LOST']));
  noRuntime = false;
  await engine.prepare('first');
  // Before anything is known of it, and at its one step.
  expect(told.slice(4)).toEqual(['loading', 'loading', 'ready']);
});

it('a model that is opened in the place of a lost one is the only one that is told of', async () => {
  await afterLoss();
  const told = vi.fn();
  engine.onRecovering(told);
  slow = true;
  const preparing = engine.prepare('first').catch(() => {});
  expect(told).toHaveBeenCalledTimes(1);
  slow = false;
  const opening = engine.open(`${PACKAGE}other/`);
  workers[1]?.die();
  await Promise.all([opening, preparing]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(told).toHaveBeenCalledTimes(1);
});

it('a picture that can no longer be read keeps back no other after a loss, and is told of when it is asked about', async () => {
  await afterLoss();
  unreadable = new Set(['second']);
  const recovered = vi.fn();
  engine.onRecovered(recovered);
  await engine.prepare('first');
  await engine.prepare('third');
  await expect(engine.prepare('second')).rejects.toMatchObject({ code: 'IMAGE_DAMAGED' });
  const prompt = [{ kind: 'image', image: 'second' }] as const;
  await expect(engine.score({ prompt, choices: [] })).rejects.toMatchObject({ code: 'IMAGE_DAMAGED' });
  await expect(engine.generate({ prompt: [], context: prompt }).next()).rejects.toMatchObject({
    code: 'IMAGE_DAMAGED',
  });
  unreadable = new Set();
  await engine.prepare('second');
  expect(recovered).toHaveBeenCalledTimes(1);
});

it.each([
  ['a page', { document: { baseURI: 'https://example.org/page/' } }, 'https://example.org/page/model/'],
  [
    'a worker',
    { document: undefined, location: { href: 'https://example.org/scripts/w.js' } },
    'https://example.org/scripts/model/',
  ],
  ['Node, which has no address', { document: undefined, location: undefined }, 'model'],
])('a model is opened from %s', async (_, there, url) => {
  await afterLoss();
  for (const [name, value] of Object.entries(there)) vi.stubGlobal(name, value);
  await engine.open('model');
  expect(workers[1]?.opened[0]?.url).toBe(url);
});

it('while another model is opened nothing brings the one before back', async () => {
  await afterLoss();
  const opening = engine.open(`${PACKAGE}other/`);
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
  await opening;
  expect(workers[1]?.heard).toEqual(['open', 'prepare']);
});

it('a runtime that cannot be fetched is tried three times and no more, and costs the model no rung', async () => {
  await afterLoss();
  noRuntime = true;
  await expect(engine.prepare('first')).rejects.toMatchObject({
    code: 'WORKER_LOST',
    details: { script: 'onnxruntime-web' },
  });
  expect(workers).toHaveLength(4);
  noRuntime = false;
  await engine.prepare('first');
  expect(workers.flatMap(({ opened }) => opened.map(({ backend }) => backend))).toEqual(Array(5).fill('auto'));
});

it('a model that is on the CPU since its GPU was lost again and again says so, also after the next loss', async () => {
  await afterLoss();
  const ran: (readonly [kind: string, reason: string | undefined])[] = [];
  engine.onRecovered(({ backend }) => ran.push([backend.kind, backend.fallbackReason?.code]));
  noGpu = true;
  await engine.prepare('first');
  expect(ran.at(-2)).toEqual(['webgpu', undefined]);
  expect(ran.at(-1)).toEqual(['wasm', 'DEVICE_LOST']);
  workers.at(-1)?.die();
  await engine.prepare('first');
  expect(ran.at(-1)).toEqual(['wasm', 'DEVICE_LOST']);
});

it('a picture is dropped without opening a lost model again', async () => {
  await afterLoss();
  await engine.dropImage('first');
  expect(workers).toHaveLength(1);
  await engine.prepare('second');
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
  slow = true;
  const dropping = engine.dropImage('second');
  workers[1]?.die();
  await dropping;
  expect(workers).toHaveLength(2);
});

it('a worker whose script does not come is told as that, not as one that stopped, and costs the model no rung', async () => {
  await afterLoss();
  noScript = true;
  const failed = await engine.prepare('first').catch((thrown) => thrown);
  expect(failed).toMatchObject({
    code: 'WORKER_LOST',
    message:
      'The part of the page that runs the model could not be fetched or started. Check the connection, then try again; if that does not help, load the page again.',
  });
  expect(sentence(failed)).toMatch(
    /^Der Teil der Seite, in dem das Modell läuft, ließ sich nicht holen oder starten\./,
  );
  noScript = false;
  await engine.prepare('first');
  expect(workers.at(-1)?.opened).toMatchObject([{ backend: 'auto' }]);
});

it('a model that was open for a moment while another was asked for does not come back where that one fails', async () => {
  await afterLoss();
  const first = engine.open(`${PACKAGE}first/`);
  const second = engine.open(`${PACKAGE}gone/`);
  await first;
  await expect(second).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  workers.at(-1)?.die();
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'ENGINE_NOT_READY' });
});
