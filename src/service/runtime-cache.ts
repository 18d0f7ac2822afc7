import { RUNTIME_CACHE } from '../protocol/service-messages.ts';
import { digestOf } from './digest.ts';

/** Holds the hash of what was kept: the build does not tell it, for no page fetches both files. */
const DIGEST = 'x-sha256';

/**
 * The onnxruntime wasm, 17 or 27 MB, of which a browser needs one. Kept apart from the precache: installing must not
 * fetch both. The cache is shared by everything on this origin, so only files of this page's own folder are touched.
 */
export class RuntimeCache {
  readonly #folder: string;

  /** @param folder address of the build's assets, ending in `/` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether this address is one of ours. */
  has(url: string): boolean {
    return url.startsWith(this.#folder) && /^[\w.-]+\.wasm$/.test(url.slice(this.#folder.length));
  }

  /** The kept copy, else the network's, also where the kept one is damaged. */
  async respond(request: Request): Promise<Response> {
    const cache = await caches.open(RUNTIME_CACHE);
    const kept = await cache.match(request.url);
    if (!kept) return fetch(request);
    const digest = kept.headers.get(DIGEST);
    if (digest === null || digest === (await digestOf(kept))) return kept;
    await cache.delete(request.url);
    return fetch(request);
  }

  /**
   * Keeps this file and no other. The page has just fetched it, so it comes from the browser's own cache.
   * @returns false for an address that is not ours
   */
  async keep(url: string): Promise<boolean> {
    if (!this.has(url)) return false;
    const cache = await caches.open(RUNTIME_CACHE);
    if (!(await cache.match(url))) await this.#add(cache, url);
    for (const request of await cache.keys()) {
      if (this.has(request.url) && request.url !== url) await cache.delete(request);
    }
    return true;
  }

  async #add(cache: Cache, url: string): Promise<void> {
    const response = await fetch(url, { cache: 'force-cache' });
    if (!response.ok) throw new TypeError(`${url} answered with status ${response.status}.`);
    const headers = { 'content-type': 'application/wasm', [DIGEST]: await digestOf(response) };
    await cache.put(url, new Response(response.body, { headers }));
  }
}
