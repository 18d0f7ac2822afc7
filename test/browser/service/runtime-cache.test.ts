import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RUNTIME_CACHE } from '../../../src/protocol/service-messages.ts';
import { digestOf } from '../../../src/service/digest.ts';
import { RuntimeCache } from '../../../src/service/runtime-cache.ts';

const FOLDER = 'https://page.example/assets/';
const BEFORE = `${FOLDER}ort-AAAAAAAA.wasm`;
const NEXT = `${FOLDER}ort-BBBBBBBB.wasm`;
const BUILT = 'as it was built';
/** What many hosts answer where they have no such file, with status 200. */
const PAGE = '<!doctype html>';

/** What the host has at the address, and what the browser's own cache has, if anything. */
let host: string;
let known: string | undefined;
let runtime: RuntimeCache;
let cache: Cache;

beforeEach(async () => {
  await caches.delete(RUNTIME_CACHE);
  cache = await caches.open(RUNTIME_CACHE);
  await cache.put(BEFORE, new Response('the one before'));
  runtime = new RuntimeCache(FOLDER, new Map([[NEXT, `sha256-${await digestOf(new Response(BUILT))}`]]));
  known = undefined;
  vi.stubGlobal('fetch', async (_: unknown, { cache: mode, integrity }: RequestInit = {}) => {
    if (mode === 'reload') known = host;
    const answer = known ?? host;
    known = answer;
    if (integrity && integrity !== `sha256-${await digestOf(new Response(answer))}`) throw new TypeError('integrity');
    return new Response(answer);
  });
});

afterEach(() => vi.unstubAllGlobals());

it('a version whose runtime is not on the host as it was built is not installed, and is once it is there', async () => {
  host = PAGE;
  await expect(runtime.install()).rejects.toThrow(TypeError);
  expect(await cache.match(NEXT), 'the wrong bytes').toBeUndefined();
  host = BUILT;
  await runtime.install();
  expect(await (await cache.match(NEXT))?.text()).toBe(BUILT);
});

it('a runtime whose stored copy is not that of the build, whatever hash it was stored with, comes from the network', async () => {
  const headers = { 'x-sha256': await digestOf(new Response(PAGE)) };
  await cache.put(NEXT, new Response(PAGE, { headers }));
  host = BUILT;
  expect(await (await runtime.respond(new Request(NEXT))).text()).toBe(BUILT);
  expect(await cache.match(NEXT)).toBeUndefined();
});

it('of a runtime of another version, which this build knows no hash of, the one it was stored with counts', async () => {
  host = 'of the network';
  const answer = async () => (await runtime.respond(new Request(BEFORE))).text();
  const store = (hash: string) => cache.put(BEFORE, new Response('the one before', { headers: { 'x-sha256': hash } }));
  await store(await digestOf(new Response('the one before')));
  expect(await answer()).toBe('the one before');
  await store('another');
  expect(await answer()).toBe('of the network');
});
