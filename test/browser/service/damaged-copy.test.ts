import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Precache } from '../../../src/service/precache.ts';
import { RuntimeCache } from '../../../src/service/runtime-cache.ts';
import { Asked, entryOf, kept, PAGE, server, stubWorker } from './stub-worker.ts';

const GOOD = 'as it was built';

/** What a browser finds damaged on its disk. */
const damaged = () => {
  const body = new ReadableStream({ pull: (body) => body.error(new TypeError('net::ERR_CACHE_CHECKSUM_MISMATCH')) });
  return new Response(body, { headers: { 'x-sha256': 'any' } });
};

beforeEach(stubWorker);
afterEach(() => vi.unstubAllGlobals());

it('a file of the page whose stored copy cannot be read comes from the network, and is put in its place', async () => {
  const url = `${PAGE}index.html`;
  const precache = new Precache([await entryOf('index.html', GOOD)]);
  kept.set(url, damaged());
  server.set(url, GOOD);
  const event = new Asked();
  expect(await (await precache.respond(url, event as never))?.text()).toBe(GOOD);
  await Promise.all(event.work);
  expect(await kept.get(url)?.text()).toBe(GOOD);
});

it('a runtime whose stored copy cannot be read is kept no longer and comes from the network', async () => {
  const url = `${PAGE}assets/ort-AAAAAAAA.wasm`;
  kept.set(url, damaged());
  server.set(url, GOOD);
  const response = await new RuntimeCache(`${PAGE}assets/`, new Map([[url, '']])).respond(new Request(url));
  expect(await response.text()).toBe(GOOD);
  expect(kept.size).toBe(0);
});
