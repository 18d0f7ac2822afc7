import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { entryOf, PAGE, server, stubWorker, workerOf } from './stub-worker.ts';

beforeEach(stubWorker);
afterEach(() => vi.unstubAllGlobals());

it('a page whose stored copy is gone comes from the server in whatever version that has', async () => {
  const worker = workerOf([await entryOf('index.html', 'the version that was stored')]);
  server.set(PAGE, 'a newer version').set(`${PAGE}index.html`, 'a newer version');
  expect(await worker.visit('?backend=wasm')).toBe('a newer version');
});
