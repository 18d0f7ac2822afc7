import { RUNTIME_CACHE } from '../protocol/service-messages.ts';
import { hasDigest } from './digest.ts';

/** Holds the hash of what was kept: a later version, which also answers for windows of this one, is not told it by its build. */
const DIGEST = 'x-sha256';

/**
 * The onnxruntime wasm, 17 or 27 MB, of which a browser needs one. Kept apart from the precache: installing must not
 * fetch both. The cache is shared by everything on this origin, so only files of this page's own folder are touched.
 */
export class RuntimeCache {
  readonly #folder: string;
  readonly #files: ReadonlyMap<string, string>;

  /**
   * @param folder address of the build's assets, ending in `/`
   * @param files addresses of the wasm files that this build has there, with the hash of each (`sha256-…`)
   */
  constructor(folder: string, files: ReadonlyMap<string, string>) {
    this.#folder = folder;
    this.#files = files;
  }

  /**
   * Fetches this build's file in addition to the one of a version before: the next visit may have no network.
   * @throws TypeError where the host does not have it as it was built: it may be on its way there
   */
  async install(): Promise<void> {
    const cache = await caches.open(RUNTIME_CACHE);
    for (const { url } of await cache.keys()) {
      if (!this.has(url)) continue;
      for (const [next, integrity] of this.#files) {
        if (withoutHash(next) !== withoutHash(url) || (await cache.match(next))) continue;
        await this.#add(cache, next, integrity);
      }
    }
  }

  /** Removes the files of versions before. */
  async activate(): Promise<void> {
    const cache = await caches.open(RUNTIME_CACHE);
    for (const request of await cache.keys()) {
      if (this.has(request.url) && !this.#files.has(request.url)) await cache.delete(request);
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
    const digest = this.#files.get(request.url)?.replace('sha256-', '') || kept.headers.get(DIGEST);
    if (!digest || (await hasDigest(kept, digest))) return kept;
    await cache.delete(request.url);
    return fetch(request);
  }

  /**
   * Keeps this file and no other of this build. The page has just fetched it, so it comes from the browser's own cache.
   * @returns false for an address that is not this build's: a window of another version keeps its own
   * @throws TypeError where the host does not have it as it was built
   */
  async keep(url: string): Promise<boolean> {
    const integrity = this.#files.get(url);
    if (integrity === undefined) return false;
    const cache = await caches.open(RUNTIME_CACHE);
    if (!(await cache.match(url))) await this.#add(cache, url, integrity);
    for (const file of this.#files.keys()) if (file !== url) await cache.delete(file);
    return true;
  }

  async #add(cache: Cache, url: string, integrity: string): Promise<void> {
    const ask = (mode: RequestCache) => fetch(url, { cache: mode, integrity });
    // What the browser's own cache has may be the page that a host sends while the file is still on its way there.
    const { body } = await ask('force-cache').catch(() => ask('reload'));
    const headers = { 'content-type': 'application/wasm', [DIGEST]: integrity.replace('sha256-', '') };
    await cache.put(url, new Response(body, { headers }));
  }
}

/** Address of a file whatever its bytes: the build puts eight letters of their hash behind its name. */
function withoutHash(url: string): string {
  return url.replace(/-[\w-]{8}\.wasm$/, '');
}
