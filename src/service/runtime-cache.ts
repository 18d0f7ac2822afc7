import { RUNTIME_CACHE } from '../protocol/service-messages.ts';

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

  /** The kept copy, else the network's. */
  async respond(request: Request): Promise<Response> {
    const cache = await caches.open(RUNTIME_CACHE);
    return (await cache.match(request.url)) ?? fetch(request);
  }

  /**
   * Keeps this file and no other. The page has just fetched it, so it comes from the browser's own cache.
   * @returns false for an address that is not ours
   */
  async keep(url: string): Promise<boolean> {
    if (!this.has(url)) return false;
    const cache = await caches.open(RUNTIME_CACHE);
    if (!(await cache.match(url))) await cache.add(new Request(url, { cache: 'force-cache' }));
    for (const request of await cache.keys()) {
      if (this.has(request.url) && request.url !== url) await cache.delete(request);
    }
    return true;
  }
}
