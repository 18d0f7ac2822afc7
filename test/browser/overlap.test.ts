import { afterEach, expect, it } from 'vitest';
import { createEngine, type EngineClient, type GenerationResult, type Prompt } from '../../src/index.ts';
import { SMALL_MODEL } from './small-model.ts';

const demo = new URL('/models/demo/', location.href).href;
const small = new URL(SMALL_MODEL, location.href).href;
const describeScene: Prompt = [
  { kind: 'image', image: 'scene' },
  { kind: 'grounding' },
  { kind: 'text', text: 'An image of' },
];

let engine: EngineClient = createEngine();

afterEach(() => {
  engine.dispose();
  engine = createEngine();
});

async function sceneBlob(name: string): Promise<Blob> {
  return (await fetch(`/test/fixtures/demo-scenes/${name}`)).blob();
}

/** The same picture in so many pixels that decoding takes its time. */
async function enlarged(picture: Blob): Promise<Blob> {
  const canvas = new OffscreenCanvas(5000, 5000);
  canvas.getContext('2d')?.drawImage(await createImageBitmap(picture), 0, 0, 5000, 5000);
  return canvas.convertToBlob({ type: 'image/png' });
}

async function describe(): Promise<GenerationResult> {
  for await (const event of engine.generate({ prompt: describeScene }))
    if (event.type === 'result') return event.result;
  throw new Error('no result');
}

it('of two models that are opened at once the later one is open, and the earlier is told as stopped', async () => {
  const earlier = engine.open(demo, { backend: 'wasm' }).catch(({ code }) => code);
  const { name } = await engine.open(small, { backend: 'wasm' });
  expect(await earlier).toBe('CANCELLED');
  await engine.setImage('scene', await sceneBlob('scene-00.png'));
  const { ids } = await describe();
  expect(ids.length).toBeGreaterThan(3);
  // The same model opened alone gives the same.
  engine.dispose();
  engine = createEngine();
  expect((await engine.open(small, { backend: 'wasm' })).name).toBe(name);
  await engine.setImage('scene', await sceneBlob('scene-00.png'));
  expect((await describe()).ids).toEqual(ids);
});

it('an answer that is being written when another model is opened comes whole', async () => {
  await engine.open(demo, { backend: 'wasm' });
  await engine.setImage('scene', await sceneBlob('scene-00.png'));
  const whole = await describe();
  let opening: Promise<unknown> | null = null;
  for await (const event of engine.generate({ prompt: describeScene })) {
    if (event.type === 'token') opening ??= engine.open(small, { backend: 'wasm' });
    if (event.type === 'result') expect(event.result.ids).toEqual(whole.ids);
  }
  await opening;
  await engine.setImage('scene', await sceneBlob('scene-00.png'));
  expect((await describe()).ids).not.toEqual(whole.ids);
});

it('of pictures set under one name the one set last is asked about, however long each takes to decode', async () => {
  await engine.open(demo, { backend: 'wasm' });
  const picture = await sceneBlob('scene-01.png');
  await engine.setImage('scene', picture);
  const wanted = await describe();
  const large = await enlarged(await sceneBlob('scene-00.png'));
  const decoded: Blob[] = [];
  const set = (one: Blob) => engine.setImage('scene', one).then(() => decoded.push(one));
  await Promise.all([set(large), set(picture)]);
  expect(decoded).toEqual([picture, large]);
  expect((await describe()).ids).toEqual(wanted.ids);
});

it('a picture that is dropped while it is decoded is not kept', async () => {
  await engine.open(demo, { backend: 'wasm' });
  const setting = engine.setImage('scene', await enlarged(await sceneBlob('scene-00.png')));
  await engine.dropImage('scene');
  await setting;
  await expect(describe()).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
});
