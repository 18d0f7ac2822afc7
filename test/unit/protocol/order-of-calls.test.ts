import { expect, it } from 'vitest';
import { collect } from '../../support/collect.ts';
import { afterLoss, endFaultsAfterEach, engine, PACKAGE, workers } from './plain-worker.ts';

endFaultsAfterEach();

const prompt = [{ kind: 'image', image: 'first' }] as const;

/** What the worker hears of calls that are made at once, once all are answered, or failed. */
async function heardOf(...calls: readonly (() => Promise<unknown>)[]): Promise<readonly string[] | undefined> {
  await afterLoss();
  await engine.prepare('first');
  const before = workers[1]?.heard.length;
  await Promise.allSettled(calls.map((call) => call()));
  return workers[1]?.heard.slice(before);
}

it('an answer is not overtaken by the end of its picture, nor by another model', async () => {
  const ask = () => collect(engine.generate({ prompt }));
  expect(await heardOf(ask, () => engine.dropImage('first'))).toEqual(['generate', 'drop-image']);
  expect(await heardOf(ask, () => engine.open(`${PACKAGE}other/`))).toEqual(['generate', 'open']);
});

it('a picture is set before whatever is asked of it behind that, and before it is dropped', async () => {
  const set = () => engine.setImage('first', new Blob());
  const prepare = () => engine.prepare('first');
  const drop = () => engine.dropImage('first');
  expect(await heardOf(set, prepare, drop)).toEqual(['set first', 'prepare', 'drop-image']);
});
