import { afterEach, expect, it, vi } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
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
