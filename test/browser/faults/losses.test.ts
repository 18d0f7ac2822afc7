import { afterEach, expect, it } from 'vitest';
import type { EngineClient, GenerationEvent, OpenProgress, Prompt } from '../../../src/index.ts';
import { createEngineClient } from '../../../src/protocol/worker-client.ts';
import { SMALL_MODEL } from '../small-model.ts';

/** `npm run test:soak` multiplies the counts. */
const TIMES = Number(import.meta.env.VITE_SOAK_TIMES ?? 1);

const demo = new URL('/models/demo/', location.href).href;
const small = new URL(SMALL_MODEL, location.href).href;
const image = { kind: 'image', image: 'scene' } as const;
const describeScene: Prompt = [image, { kind: 'grounding' }, { kind: 'text', text: 'An image of' }];
/** Answered in a few tokens. */
const findRocket: Prompt = [image, { kind: 'grounding' }, { kind: 'phrase', text: 'a rocket' }];

let engine: EngineClient;
let workers: Worker[] = [];

/** An engine whose workers can be killed and whose GPU can be lost. */
function frailEngine(nameOf: (worker: number) => string = () => ''): EngineClient {
  workers = [];
  engine = createEngineClient(() => {
    const name = nameOf(workers.length);
    const worker = new Worker(new URL('./frail-inference.js', import.meta.url), { type: 'module', name });
    workers.push(worker);
    return worker;
  });
  return engine;
}

afterEach(() => engine.dispose());

/** The small model, for each loss means opening and looking once more. */
async function openScene(
  backend: 'wasm' | 'auto',
  url = small,
  onProgress: (progress: OpenProgress) => void = () => {},
): Promise<string> {
  const model = await engine.open(url, { backend, onProgress });
  await engine.setImage('scene', await (await fetch('/test/fixtures/demo-scenes/scene-00.png')).blob());
  return model.backend.kind;
}

interface Answer {
  readonly ids: readonly number[];
  readonly restarts: number;
}

/** Asks, and lets `hurt` do harm at each event. */
async function ask(prompt: Prompt, hurt: (event: GenerationEvent, tokens: number) => void = () => {}): Promise<Answer> {
  let restarts = 0;
  let tokens = 0;
  for await (const event of engine.generate({ prompt })) {
    if (event.type === 'result') return { ids: event.result.ids, restarts };
    if (event.type === 'restart') {
      restarts += 1;
      tokens = 0;
    }
    if (event.type === 'token') tokens += 1;
    hurt(event, tokens);
  }
  throw new Error('no result');
}

it('a worker killed again and again: every answer comes, the same', async () => {
  frailEngine();
  await openScene('wasm', demo);
  const whole = await ask(describeScene);
  const kills = 4 * TIMES;
  for (let kill = 0; kill < kills; kill++) {
    let alive = true;
    const at = 1 + ((kill * 7) % (whole.ids.length - 2));
    const answer = await ask(describeScene, (_, tokens) => {
      if (alive && tokens === at) workers.at(-1)?.terminate();
      if (tokens === at) alive = false;
    });
    expect(answer.ids).toEqual(whole.ids);
    expect(answer.restarts).toBe(1);
  }
  expect(workers).toHaveLength(kills + 1);
  console.log(`${kills} workers killed in mid-answer, ${kills} answers recovered`);
});

it('a worker that dies every time ends in a sentence after two replays, and the next request works', async () => {
  frailEngine();
  await openScene('wasm');
  const dying = ask(describeScene, (event) => {
    if (event.type === 'prefill') workers.at(-1)?.terminate();
  });
  await expect(dying).rejects.toMatchObject({ code: 'WORKER_LOST' });
  expect(workers).toHaveLength(3);
  expect((await ask(describeScene)).restarts).toBe(0);
});

it('memory that runs out while the model opens is told as what it is, and the next try starts with a fresh worker', async () => {
  frailEngine((worker) => (worker === 0 ? 'no-memory' : ''));
  await expect(engine.open(demo, { backend: 'wasm' })).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringContaining('Close other tabs'),
  });
  expect(await openScene('wasm')).toBe('wasm');
  expect(workers).toHaveLength(2);
  expect((await ask(findRocket)).ids.length).toBeGreaterThan(3);
});

it('where the browser lets the site keep nothing the model runs all the same', async () => {
  frailEngine(() => 'no-storage');
  const opening = openScene('wasm');
  const heard: string[] = [];
  workers[0]?.addEventListener('message', ({ data }) => heard.push(data.type === 'hello' ? `hello ${data.lock}` : ''));
  expect(await opening).toBe('wasm');
  expect(heard).toContain('hello null');
  expect((await ask(findRocket)).ids.length).toBeGreaterThan(3);
});

it('a runtime that could not be fetched is fetched by a fresh worker: at once while tries are left, and when asked again', async () => {
  frailEngine((worker) => (worker === 1 ? '' : 'no-runtime'));
  expect(await openScene('wasm')).toBe('wasm');
  expect(workers).toHaveLength(2);
  engine.dispose();
  frailEngine((worker) => (worker < 3 ? 'no-runtime' : ''));
  await expect(engine.open(small, { backend: 'wasm' })).rejects.toMatchObject({
    code: 'WORKER_LOST',
    message: expect.stringContaining('could not be fetched or started'),
  });
  expect(await openScene('wasm')).toBe('wasm');
  expect((await ask(findRocket)).ids.length).toBeGreaterThan(3);
});

it('killed while it opens the model, it opens it on another', async () => {
  frailEngine();
  let killed = false;
  const model = await engine.open(demo, {
    backend: 'wasm',
    onProgress: ({ phase }) => {
      if (phase !== 'build' || killed) return;
      killed = true;
      workers.at(-1)?.terminate();
    },
  });
  expect(model.backend.kind).toBe('wasm');
  expect(workers).toHaveLength(2);
});

it('the GPU lost while the model loads: the model is built once more and runs all the same', async () => {
  frailEngine(() => 'lose-at-warmup-1');
  let builds = 0;
  await openScene('auto', small, ({ phase }) => {
    if (phase === 'build') builds += 1;
  });
  expect(builds).toBe(2);
  expect((await ask(findRocket)).ids.length).toBeGreaterThan(3);
});

it('the GPU lost in prefill and again in decode: the answer comes from a new one, the same', async () => {
  frailEngine((worker) => ['lose-at-prefill-1', 'lose-at-token-3'][worker] ?? '');
  expect(await openScene('auto')).toBe('webgpu');
  const answer = await ask(findRocket);
  expect(answer.restarts).toBe(2);
  expect(await ask(findRocket)).toEqual({ ids: answer.ids, restarts: 0 });
});

it('a GPU that runs out of memory in silence: the answer comes from a fresh worker, the same', async () => {
  frailEngine((worker) => (worker === 0 ? 'fill-at-token-2' : ''));
  expect(await openScene('auto')).toBe('webgpu');
  const answer = await ask(findRocket);
  expect(answer.restarts).toBe(1);
  expect(workers).toHaveLength(2);
  expect(await ask(findRocket)).toEqual({ ids: answer.ids, restarts: 0 });
});

it('a GPU that is lost every time: the answer comes from the CPU, and the page is told', async () => {
  frailEngine(() => 'lose-at-token-1');
  await openScene('auto');
  const runsOn: string[] = [];
  engine.onRecovered(({ backend }) => runsOn.push(backend.kind));
  const answer = await ask(findRocket);
  expect(answer.ids.length).toBeGreaterThan(3);
  expect(answer.restarts).toBe(3);
  expect(runsOn).toEqual(['webgpu', 'webgpu', 'wasm']);
  const onCpu = await ask(findRocket);
  expect(onCpu.restarts).toBe(0);
  expect(onCpu.ids.length).toBeGreaterThan(3);
});
