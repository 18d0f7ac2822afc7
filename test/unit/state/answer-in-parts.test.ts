import { afterEach, expect, it, vi } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { GenerationEvent } from '../../../src/protocol/generation.ts';
import type { Task } from '../../../src/state/turn.ts';
import { fakeApp } from './fake-app.ts';

afterEach(() => vi.unstubAllGlobals());

const region = { number: 1, patches: { upperLeft: 0, lowerRight: 99 }, box: unitBox(0, 0, 0.1, 0.1) };

it.each<Task>([
  { mode: 'ground', words: 'a kite', spans: [{ start: 0, end: 6 }] },
  { mode: 'others', words: 'a kite', regions: [region] },
])('boxes on the grid are asked for by $mode too', async (task) => {
  vi.stubGlobal('fetch', async () => new Response(new Blob(['picture'])));
  const asked: (boolean | undefined)[] = [];
  const app = fakeApp({
    async *generate({ options }) {
      asked.push(options?.gridBoxes);
      yield { type: 'prefill', done: 1, total: 1 };
    },
  });
  await app.actions.open();
  for (const gridBoxes of [true, false]) {
    app.actions.set({ gridBoxes });
    app.actions.ask(task);
    await vi.waitFor(() => expect(asked.at(-1)).toBe(gridBoxes));
  }
});

it('a thing with others like it has the mean score of those that the model gave', async () => {
  vi.stubGlobal('fetch', async () => new Response(new Blob(['picture'])));
  const boxes = [1, 2].map((step) => ({ upperLeft: 200 * step, lowerRight: 200 * step + 99, score: step / 4 }));
  const given = { ...region.patches, score: null };
  let found = 0;
  const app = fakeApp({
    async *generate({ options }) {
      // The description that the page asks for by itself.
      if (options?.maxNewTokens !== 2) return;
      found += 1;
      const all = [given, ...boxes.slice(0, found)].map((box) => ({ ...box, box: region.box }));
      const grounded = { caption: '', answerStart: 0, entities: [{ boxes: all }] };
      yield { type: 'result', result: { finish: 'eos', grounded } } as unknown as GenerationEvent;
    },
  });
  await app.actions.open();
  app.actions.ask({ mode: 'others', words: 'a kite', regions: [region] });
  const turn = () => Object.values(app.store.getState().turns).at(-1);
  await vi.waitFor(() => expect(turn()?.status).toBe('done'));
  expect(turn()?.grounded?.entities.map(({ boxes: all, score }) => [all.length, score])).toEqual([[3, 0.375]]);
});
