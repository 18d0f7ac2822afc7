import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEngine, type GenerationResult, type Prompt } from '../../src/index.ts';
import { argMax } from '../../src/kosmos2/sampling.ts';
import type { ModelPackage, Shard } from '../../src/package/model-package.ts';
import type { CaptureReport } from '../../src/protocol/capture.ts';
import { AppError } from '../../src/protocol/errors.ts';
import { browserBackends } from '../../src/runtime/browser-backend.ts';
import { CachedSequence } from '../../src/runtime/cached-sequence.ts';
import { CapturedStep } from '../../src/runtime/capture/captured-step.ts';
import type { Engine } from '../../src/runtime/engine.ts';
import { hiddenStatesOf } from '../../src/runtime/hidden-states.ts';
import { openEngine, openParts } from '../../src/runtime/open-engine.ts';
import type { Weight, WeightBlock } from '../../src/tensors/weight-index.ts';
import { answer } from '../support/answer.ts';
import { openFixture } from './fixture-packages.ts';
import { SMALL_MODEL } from './small-model.ts';

const TOKENS = 42;

/** What is on the GPU and was made from here on. */
const buffers = new Set<GPUBuffer>();
const { createBuffer } = GPUDevice.prototype;
const { destroy } = GPUBuffer.prototype;
const megabytes = () => [...buffers].reduce((sum, { size }) => sum + size, 0) / 1e6;
/** Called whenever something is made on the GPU. */
let made = () => {};
/** What the GPU complained of. */
const complaints: string[] = [];

beforeAll(() => {
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    buffers.add(buffer);
    made();
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    buffers.delete(this);
    destroy.call(this);
  };
});

afterAll(() => {
  GPUDevice.prototype.createBuffer = createBuffer;
  GPUBuffer.prototype.destroy = destroy;
});

async function openHere(pkg: ModelPackage): Promise<Engine> {
  const engine = await openEngine(pkg, await browserBackends('webgpu'));
  engine.device?.addEventListener('uncapturederror', ({ error }) => complaints.push(error.message));
  return engine;
}

/** When something new is on the GPU: a trial that was just begun is in its middle then, however quick the GPU. */
function moreBuffers(): Promise<void> {
  return new Promise((resolve) => {
    made = resolve;
  });
}

/** The package with one bit of the decoder's first matrix turned. */
function tampered({ shards, weights, ...rest }: ModelPackage): ModelPackage {
  const weight = weights.get('text_model.model.layers.0.self_attn.q_proj.weight') as Weight;
  const { file, offset } = (weight.blocks[0] as WeightBlock).data;
  const shard = shards.get(file) as Shard;
  const bytes = shard.subarray(0, shard.byteLength).slice();
  // The sign of a code.
  bytes[offset] = (bytes[offset] as number) ^ 0x80;
  return { ...rest, weights, shards: new Map([...shards, [file, bytes]]) };
}

it(`captured, the demo model gives the plain ids and logits, bit for bit, over ${TOKENS} tokens and at the cache's end`, async () => {
  const pkg = await openFixture('demo-model', 'q8');
  const backend = await (await browserBackends('webgpu'))[0]?.(null);
  if (!backend) throw new Error('no WebGPU');
  const { vision, decoder } = await openParts(backend, pkg);
  const cached = new CachedSequence(decoder, hiddenStatesOf(pkg));
  const begin = async (first: number) => {
    decoder.rewind(0);
    cached.begin({ ids: [0, first, 6, 7, 8, 9, 10, 11, 12], imageSpans: [], images: [] });
    return cached.prefill(9);
  };
  const run = async () => {
    const all: Uint32Array[] = [];
    const ids: number[] = [];
    let next = await begin(5);
    const before = buffers.size;
    const started = performance.now();
    for (let token = 0; token < TOKENS; token += 1) {
      const logits = await next.all();
      all.push(new Uint32Array(logits.slice().buffer));
      // No token twice: a sequence that goes in circles says little of what is behind its first round.
      for (const id of ids) logits[id] = Number.NEGATIVE_INFINITY;
      ids.push(argMax(logits));
      next = await cached.append(ids.at(-1) as number);
    }
    const milliseconds = (performance.now() - started) / TOKENS;
    return { ids, all, milliseconds, newBuffers: buffers.size - before };
  };
  const plain = await run();
  const step = await CapturedStep.create(pkg, decoder);
  decoder.adopt(step, (error) => expect.fail(error.message));
  // Recorded in another sequence than those it is played back in.
  await begin(99);
  await cached.append(100);
  const captured = await run();
  console.log(`a token: ${captured.milliseconds.toFixed(0)} ms captured, ${plain.milliseconds.toFixed(0)} plain`);
  expect(captured.ids).toEqual(plain.ids);
  expect(captured.all).toEqual(plain.all);
  expect(captured.newBuffers).toBe(0);

  const last = decoder.capacity - 1;
  const hidden = new Float32Array(pkg.config.text.embedDim).map((_, i) => Math.sin(i));
  const atTheEnd = async (stepping: boolean) => {
    const over = decoder.over(step, last, stepping);
    const logits = await (await over.next(hidden)).all();
    await expect(over.next(hidden)).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' });
    return new Uint32Array(logits.buffer);
  };
  expect(await atTheEnd(true)).toEqual(await atTheEnd(false));
  await Promise.all([vision.dispose(), decoder.dispose()]);
  expect(buffers.size).toBe(0);
  backend.device?.destroy();
});

describe('a trial', () => {
  let pkg: ModelPackage;
  beforeAll(async () => {
    pkg = await openFixture('reference/random-f32', 'q8');
  });

  /** Ids of an answer that no rule ends. */
  async function ask(engine: Engine): Promise<readonly number[]> {
    const options = { maxNewTokens: 6, grammar: false };
    return (await answer(engine, { prompt: [{ kind: 'raw', text: 'the cat' }], options })).ids;
  }

  it('is refused with the reason where it cannot be made or gives others; answers stay right, and closing in mid-trial leaves no buffer', async () => {
    const engine = await openHere(pkg);
    const plain = await ask(engine);
    const before = megabytes();
    const unreadable = await engine.tryCapture(
      { ...pkg, shards: new Map([...pkg.shards.keys()].map((name) => [name, new Uint8Array(8)])) },
      'on',
    );
    expect(unreadable).toMatchObject({ used: false, message: expect.stringMatching(/^off: /) });
    console.log(unreadable?.message);
    const other = await engine.tryCapture(tampered(pkg), 'on');
    expect(other).toMatchObject({ used: false, message: expect.stringMatching(/^off: \d+ of \d+ logits differ/) });
    console.log(other?.message);
    console.log(`${before.toFixed(2)} MB before the trials, ${megabytes().toFixed(2)} after`);
    expect(await ask(engine)).toEqual(plain);
    const stop = new AbortController();
    const trying = engine.tryCapture(pkg, 'on', stop.signal);
    await moreBuffers();
    stop.abort();
    await engine.dispose();
    expect(await trying).toBeNull();
    expect(buffers.size).toBe(0);
  });

  it('gives way to a question in its middle, and is another time as good', async () => {
    const engine = await openHere(pkg);
    const plain = await ask(engine);
    const trying = engine.tryCapture(pkg, 'on');
    await moreBuffers();
    expect(await ask(engine)).toEqual(plain);
    expect(await trying).toBeNull();
    expect(await engine.tryCapture(pkg, 'on')).toMatchObject({ used: true });
    expect(await ask(engine)).toEqual(plain);
    await engine.dispose();
    expect(buffers.size).toBe(0);
  });

  it('is taken back where the recording fails in the middle of an answer, which goes on as if nothing had been', async () => {
    const engine = await openHere(pkg);
    const plain = await ask(engine);
    const lost: CaptureReport[] = [];
    expect(await engine.tryCapture(pkg, 'on', undefined, (report) => lost.push(report))).toMatchObject({ used: true });
    const { run } = CapturedStep.prototype;
    let calls = 0;
    const spy = vi.spyOn(CapturedStep.prototype, 'run').mockImplementation(function (this: CapturedStep, ...args) {
      calls += 1;
      if (calls === 3) throw new AppError('RUNTIME_FAILED', 'the recording broke');
      return run.apply(this, args);
    });
    expect(await ask(engine)).toEqual(plain);
    expect(lost).toMatchObject([{ used: false, message: expect.stringContaining('the recording broke') }]);
    expect(await ask(engine)).toEqual(plain);
    expect(calls).toBe(3);
    spy.mockRestore();
    await engine.dispose();
    expect(buffers.size).toBe(0);
  });

  it('says nothing where the GPU is lost meanwhile, and the model can be closed', async () => {
    const engine = await openHere(pkg);
    const trying = engine.tryCapture(pkg, 'on');
    void moreBuffers().then(() => engine.device?.destroy());
    await expect(trying).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await engine.dispose();
  });

  it('the GPU complained of nothing', () => expect(complaints).toEqual([]));
});

describe('the engine in its worker', () => {
  const engine = createEngine();
  afterAll(() => engine.dispose());
  const small = new URL(SMALL_MODEL, location.href).href;
  const findRocket: Prompt = [
    { kind: 'image', image: 'scene' },
    { kind: 'grounding' },
    { kind: 'phrase', text: 'a rocket' },
  ];
  const ask = async (): Promise<GenerationResult> => {
    for await (const event of engine.generate({ prompt: findRocket })) if (event.type === 'result') return event.result;
    throw new Error('no result');
  };
  const told = () =>
    new Promise<CaptureReport>((resolve) => {
      const stop = engine.onCapture((report) => {
        stop();
        resolve(report);
      });
    });

  it('tells on the CPU that there is nothing to capture', async () => {
    const report = told();
    await engine.open(small, { backend: 'wasm', capture: 'auto' });
    expect(await report).toMatchObject({ used: false, message: expect.stringContaining('without a GPU') });
  });

  it('captures when nothing is asked after an answer, and answers the same from then on', async () => {
    const report = told();
    await engine.open(small, { backend: 'webgpu', capture: 'on' });
    await engine.setImage('scene', await (await fetch('/test/fixtures/demo-scenes/scene-00.png')).blob());
    const plain = await ask();
    const { used, message } = await report;
    console.log(message);
    expect(used).toBe(true);
    expect((await ask()).ids).toEqual(plain.ids);
  });
});
