import type { PrecacheEntry } from 'workbox-precaching/_types';
import type { ServiceFailure, ServiceReplies, ServiceRequest } from '../protocol/service-messages.ts';
import { Precache } from './precache.ts';
import { RuntimeCache } from './runtime-cache.ts';
import { type SecurityHeaders, secured } from './secured.ts';
import { receivePictures, takePictures } from './shared-pictures.ts';

/** Responses that start a context of their own, and so carry its policies. */
const CONTEXTS: ReadonlySet<RequestDestination> = new Set(['document', 'worker', 'sharedworker']);

/**
 * Makes the page work without a network: answers for the files of the build and leaves everything else alone, so that
 * requests to model hosts never pass through here.
 */
export function serveOffline(
  self: ServiceWorkerGlobalScope,
  entries: readonly (PrecacheEntry | string)[],
  headers: SecurityHeaders,
): void {
  const page = self.registration.scope;
  const precache = new Precache(entries.filter((entry) => !isRuntime(entry)));
  const pages = pagesOf(entries.map(addressOf), page);
  const runtimes = entries
    .filter(isRuntime)
    .map((entry) => [new URL(addressOf(entry), page).href, integrityOf(entry)] as const);
  const runtime = new RuntimeCache(`${page}assets/`, new Map(runtimes));

  self.addEventListener('install', (event) => {
    event.waitUntil(precache.install(event).then(() => runtime.install()));
  });
  self.addEventListener('activate', (event) => {
    // All versions share these caches: a newer one that is on its way has files in them already, and tidies in its turn.
    const { installing, waiting } = self.registration;
    const tidied = installing || waiting ? [] : [precache.activate(event), runtime.activate()];
    event.waitUntil(Promise.all(tidied).then(() => self.clients.claim()));
  });

  self.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    const place = url.origin + url.pathname;
    if (request.method === 'POST' && place === `${page}share`) event.respondWith(receivePictures(request, page));
    // A part of a file is for the server to cut.
    if (request.method !== 'GET' || request.headers.has('range')) return;
    if (runtime.has(place)) return event.respondWith(runtime.respond(request));
    // The page reads the rest of its own address itself (?backend=wasm).
    const navigates = request.mode === 'navigate';
    const file = navigates && place === page ? `${page}index.html` : place;
    // The ending may be missing (pagesOf).
    const response = precache.respond(file, event) ?? (navigates && precache.respond(`${file}.html`, event));
    if (!response) return;
    const kept = CONTEXTS.has(request.destination) ? response.then((found) => secured(found, headers)) : response;
    event.respondWith(navigates ? showPage(request, kept, url.search === '?again') : kept);
  });

  /** The page as it is kept; the server's, in whatever version, where it is gone, or where it did not start and is asked for `again`. */
  async function showPage(request: Request, kept: Promise<Response>, again: boolean): Promise<Response> {
    const found = kept.catch(() => fetch(request));
    // A newer version waits for a button that only a page which starts can show.
    if (!again || !(self.registration.waiting ?? self.registration.installing)) return found;
    const published = await fetch(request).catch(() => null);
    return published?.ok ? published : found;
  }

  async function countOtherWindows(): Promise<number> {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    return windows.filter(({ url }) => pages.has(url.replace(/[?#].*$/, ''))).length - 1;
  }

  async function answer(
    request: ServiceRequest,
    event: ExtendableEvent,
  ): Promise<ServiceReplies[ServiceRequest['type']]> {
    switch (request.type) {
      case 'keep-runtime':
        return { offline: (await runtime.keep(request.url)) && (await precache.complete(event)) };
      case 'take-pictures':
        return { pictures: await takePictures(page) };
      case 'count-windows':
        return { otherWindows: await countOtherWindows() };
      case 'update': {
        const otherWindows = await countOtherWindows();
        // A window in the middle of its work would lose the files of its version.
        if (otherWindows <= 0) await self.skipWaiting();
        return { otherWindows };
      }
    }
  }

  self.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (!port) return;
    const failure = (thrown: unknown): ServiceFailure => ({ failed: String(thrown) });
    const reply = answer(event.data as ServiceRequest, event).catch(failure);
    event.waitUntil(reply.then((said) => port.postMessage(said)));
  });
}

/** Addresses of windows that run something of this build; one with a picture, the licences or another page of the site runs nothing. */
function pagesOf(files: readonly string[], scope: string): ReadonlySet<string> {
  const pages = files.filter((file) => file.endsWith('.html')).map((file) => new URL(file, scope).href);
  // Some hosts send a browser on to the address without the ending.
  return new Set([scope, ...pages, ...pages.map((page) => page.replace(/\.html$/, ''))]);
}

function addressOf(entry: PrecacheEntry | string): string {
  return typeof entry === 'string' ? entry : entry.url;
}

/** Hash of its bytes, which the build gives every file (hosting/static-host.ts); empty without one, which lets any bytes pass. */
function integrityOf(entry: PrecacheEntry | string): string {
  return (typeof entry === 'string' ? undefined : entry.integrity) ?? '';
}

function isRuntime(entry: PrecacheEntry | string): boolean {
  return addressOf(entry).endsWith('.wasm');
}
