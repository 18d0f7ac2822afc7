import { PrecacheController } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching/_types';
import { hasDigest } from './digest.ts';

/**
 * The files every visit needs: the shell, the demo package, the samples. A copy whose bytes are not those of the build
 * is not used: the file is fetched again and put in its place.
 */
export class Precache {
  readonly #controller = new PrecacheController({
    plugins: [{ cachedResponseWillBeUsed: ({ request, cachedResponse }) => this.#sound(request, cachedResponse) }],
  });

  /** @param entries files of the build with the hash of each */
  constructor(entries: readonly (PrecacheEntry | string)[]) {
    this.#controller.addToCacheList([...entries]);
  }

  /** Fetches what is not there yet. Fails as a whole, so that no half version is ever used. */
  async install(event: ExtendableEvent): Promise<void> {
    await this.#controller.install(event);
  }

  /** Removes the files of versions before. */
  async activate(event: ExtendableEvent): Promise<void> {
    await this.#controller.activate(event);
  }

  /** The file at an address of the build, or undefined where there is none. */
  respond(url: string, event: ExtendableEvent): Promise<Response> | undefined {
    const cacheKey = this.#controller.getCacheKeyForURL(url);
    if (cacheKey === undefined) return undefined;
    const integrity = this.#controller.getIntegrityForCacheKey(cacheKey);
    return this.#controller.strategy.handle({
      event,
      // A plain request of our own: what a picture or a navigation asks for could not be checked and put back.
      request: new Request(url),
      params: { cacheKey, ...(integrity !== undefined && { integrity }) },
    });
  }

  /** Fetches again what has been removed since. @returns whether every file is there */
  async complete(event: ExtendableEvent): Promise<boolean> {
    for (const url of await this.#missing()) await this.respond(url, event)?.catch(() => undefined);
    return (await this.#missing()).length === 0;
  }

  /** Addresses of the files that are not there. */
  async #missing(): Promise<string[]> {
    const cache = await caches.open(this.#controller.strategy.cacheName);
    const present = new Set((await cache.keys()).map(({ url }) => url));
    return [...this.#controller.getURLsToCacheKeys()].flatMap(([url, key]) => (present.has(key) ? [] : [url]));
  }

  async #sound(request: Request, response: Response | undefined): Promise<Response | null> {
    if (!response) return null;
    const expected = this.#controller.getIntegrityForCacheKey(request.url);
    if (expected === undefined) return response;
    return (await hasDigest(response, expected.replace('sha256-', ''))) ? response : null;
  }
}
