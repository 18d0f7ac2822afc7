import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { entryOf, kept, PAGE, server, stubWorker, workerOf } from './stub-worker.ts';

beforeEach(stubWorker);
afterEach(() => vi.unstubAllGlobals());

it('a page whose stored copy is gone comes from the server in whatever version that has', async () => {
  const worker = workerOf([await entryOf('index.html', 'the version that was stored')]);
  server.set(PAGE, 'a newer version').set(`${PAGE}index.html`, 'a newer version');
  expect(await worker.visit('?backend=wasm')).toBe('a newer version');
});

it.each([
  ['?again', true, 'the newer version'],
  ['?again', false, 'the version that is kept'],
  ['', true, 'the version that is kept'],
])('at “%s”, with a newer version waiting: %s, a person is shown %s', async (address, waits, shown) => {
  const worker = workerOf([await entryOf('index.html', 'the version that is kept')], waits ? {} : null);
  kept.set(`${PAGE}index.html`, new Response('the version that is kept'));
  server.set(PAGE, 'the newer version');
  expect(await worker.visit(address)).toBe(shown);
  server.clear();
  expect(await worker.visit(address), 'where no server can be reached').toBe('the version that is kept');
});

it('a file that was removed from what is kept is fetched again by the next visit, and only then the page works offline', async () => {
  const runtime = 'assets/ort-AAAAAAAA.wasm';
  const files = [
    ['index.html', 'the page'],
    ['bench.html', 'the bench'],
    [runtime, 'the runtime'],
  ] as const;
  const worker = workerOf(await Promise.all(files.map(([name, content]) => entryOf(name, content))));
  kept.set(`${PAGE}index.html`, new Response('the page'));
  const visited = () => worker.tell({ type: 'keep-runtime', url: PAGE + runtime });
  server.set(PAGE + runtime, 'the runtime').set(`${PAGE}bench.html`, 'that of another version');
  expect(await visited()).toEqual({ offline: false });
  server.set(`${PAGE}bench.html`, 'the bench');
  expect(await visited()).toEqual({ offline: true });
  server.clear();
  expect(await worker.visit('bench.html')).toBe('the bench');
});

it.each([
  ['', 'the page'],
  ['index.html', 'the page'],
  ['index', 'the page'],
  ['evaluation.html', 'the evaluation'],
  ['evaluation?backend=wasm', 'the evaluation'],
  ['about', undefined],
  ['pictures/', undefined],
])(
  'without a server, at “%s” stands %s: hosts differ in how they write the addresses of pages',
  async (path, shown) => {
    const worker = workerOf([
      await entryOf('index.html', 'the page'),
      await entryOf('evaluation.html', 'the evaluation'),
    ]);
    kept.set(`${PAGE}index.html`, new Response('the page'));
    kept.set(`${PAGE}evaluation.html`, new Response('the evaluation'));
    expect(await worker.visit(path)).toBe(shown);
  },
);
