import { RUNTIME_CACHE } from '../protocol/service-messages.ts';
import { digestOf, hasDigest } from './digest.ts';

/** Holds the hash of what was kept: the build does not tell it, for no page fetches both files. */
const DIGEST = 'x-sha256';

/**
 * The onnxruntime wasm, 17 or 27 MB, of which a browser needs one. Kept apart from the precache: installing must not
 * fetch both. The cache is shared by everything on this origin, so only files of this page's own folder are touched.
 */
export class RuntimeCache {
  readonly #folder: string;
  readonly #files: readonly string[];

  /**
   * @param folder address of the build's assets, ending in `/`
   * @param files addresses of the wasm files that this build has there
   */
  constructor(folder: string, files: readonly string[]) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Fetches this build's file in addition to the one of a version before: the next visit may have no network. */
  async install(): Promise<void> {
    const cache = await caches.open(RUNTIME_CACHE);
    for (const { url } of await cache.keys()) {
      const next = this.has(url) && this.#files.find((file) => withoutHash(file) === withoutHash(url));
      if (next && !(await cache.match(next))) await this.#add(cache, next);
    }
  }

  /** Removes the files of versions before. */
  async activate(): Promise<void> {
    const cache = await caches.open(RUNTIME_CACHE);
    for (const request of await cache.keys()) {
      if (this.has(request.url) && !this.#files.includes(request.url)) await cache.delete(request);
    }
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
    if (digest === null || (await hasDigest(kept, digest))) return kept;
    await cache.delete(request.url);
    return fetch(request);
  }

  /**
   * Keeps this file and no other of this build. The page has just fetched it, so it comes from the browser's own cache.
   * @returns false for an address that is not this build's: a window of another version keeps its own
   */
  async keep(url: string): Promise<boolean> {
    if (!this.#files.includes(url)) return false;
    const cache = await caches.open(RUNTIME_CACHE);
    if (!(await cache.match(url))) await this.#add(cache, url);
    for (const file of this.#files) if (file !== url) await cache.delete(file);
    return true;
  }

  async #add(cache: Cache, url: string): Promise<void> {
    const response = await fetch(url, { cache: 'force-cache' });
    if (!response.ok) throw new TypeError(`${url} answered with status ${response.status}.`);
    const headers = { 'content-type': 'application/wasm', [DIGEST]: await digestOf(response) };
    await cache.put(url, new Response(response.body, { headers }));
  }
}

/** Address of a file whatever its bytes: the build puts eight letters of their hash behind its name. */
function withoutHash(url: string): string {
  return url.replace(/-[\w-]{8}\.wasm$/, '');
}
