import { expect, it, vi } from 'vitest';
import { collect } from '../../support/collect.ts';
import { afterLoss, endFaultsAfterEach, engine, faults, PACKAGE, workers } from './plain-worker.ts';

endFaultsAfterEach();

/** Asks a question that shows pictures. */
function ask(...images: string[]): Promise<unknown> {
  return collect(engine.generate({ prompt: images.map((image) => ({ kind: 'image', image })) }));
}

/** A question about two pictures, the second of which is set anew while a fresh worker is given the first. */
async function setWhileAnotherIsGiven() {
  await afterLoss();
  const waiting: (() => void)[] = [];
  faults.held = waiting;
  const asking = ask('first', 'second');
  await vi.waitUntil(() => waiting.length === 1);
  const newer = new Blob(['newer']);
  const setting = engine.setImage('second', newer);
  await vi.waitUntil(() => waiting.length === 2);
  waiting.shift()?.();
  await new Promise((resolve) => setTimeout(resolve));
  faults.held = null;
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
  faults.held = waiting;
  const setting = engine.setImage('fourth', new Blob());
  await vi.waitUntil(() => waiting.length > 0);
  faults.held = null;
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
  faults.unreadable = new Set(['second']);
  for (const say of waiting) say();
  faults.unreadable = new Set();
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

it('a worker hears that a picture is wanted no more', async () => {
  await afterLoss();
  await engine.prepare('first');
  faults.held = [];
  const stop = new AbortController();
  void engine.setImage('second', new Blob(), stop.signal).catch(() => {});
  await vi.waitUntil(() => faults.held?.length === 1);
  stop.abort();
  await vi.waitFor(() => expect(workers[1]?.heard.at(-1)).toBe('cancel'));
});

it('a picture that can no longer be read keeps back no other after a loss, and is told of when it is asked about', async () => {
  await afterLoss();
  faults.unreadable = new Set(['second']);
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
  faults.unreadable = new Set();
  await engine.prepare('second');
  expect(recovered).toHaveBeenCalledTimes(1);
});

it('a picture is dropped without opening a lost model again', async () => {
  await afterLoss();
  await engine.dropImage('first');
  expect(workers).toHaveLength(1);
  await engine.prepare('second');
  await expect(engine.prepare('first')).rejects.toMatchObject({ code: 'IMAGE_UNKNOWN' });
  faults.slow = true;
  const dropping = engine.dropImage('second');
  workers[1]?.die();
  await dropping;
  expect(workers).toHaveLength(2);
});
