import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { digestOf } from '../../../src/service/digest.ts';
import { Precache } from '../../../src/service/precache.ts';
import { RuntimeCache } from '../../../src/service/runtime-cache.ts';

const PAGE = 'https://page.example/';
const GOOD = 'as it was built';

/** What a browser keeps, which finds the bytes of it damaged on its disk. */
const kept = new Map<string, Response>();

const damaged = () => {
  const body = new ReadableStream({ pull: (body) => body.error(new TypeError('net::ERR_CACHE_CHECKSUM_MISMATCH')) });
  return new Response(body, { headers: { 'x-sha256': 'any' } });
};

/** A request to a service worker, which a page does not know. */
class Asked {
  readonly work: Promise<unknown>[] = [];
  waitUntil(work: Promise<unknown>): void {
    this.work.push(work);
  }
}

const keyOf = (request: RequestInfo) => (typeof request === 'string' ? request : request.url);

beforeEach(() => {
  kept.clear();
  const cache = {
    match: async (request: RequestInfo) => kept.get(keyOf(request)),
    put: async (request: RequestInfo, response: Response) => void kept.set(keyOf(request), response),
    delete: async (request: RequestInfo) => kept.delete(keyOf(request)),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  };
  vi.stubGlobal('caches', { ...cache, open: async () => cache });
  vi.stubGlobal('fetch', async () => new Response(GOOD));
  for (const event of ['ExtendableEvent', 'FetchEvent']) vi.stubGlobal(event, Asked);
});

afterEach(() => vi.unstubAllGlobals());

it('a file of the page whose stored copy cannot be read comes from the network, and is put in its place', async () => {
  const url = `${PAGE}index.html`;
  const integrity = `sha256-${await digestOf(new Response(GOOD))}`;
  const precache = new Precache([{ url, revision: null, integrity }]);
  kept.set(url, damaged());
  const event = new Asked();
  expect(await (await precache.respond(url, event as never))?.text()).toBe(GOOD);
  await Promise.all(event.work);
  expect(await kept.get(url)?.text()).toBe(GOOD);
});

it('a runtime whose stored copy cannot be read is kept no longer and comes from the network', async () => {
  const url = `${PAGE}assets/ort-AAAAAAAA.wasm`;
  kept.set(url, damaged());
  const response = await new RuntimeCache(`${PAGE}assets/`, new Map([[url, '']])).respond(new Request(url));
  expect(await response.text()).toBe(GOOD);
  expect(kept.size).toBe(0);
});
