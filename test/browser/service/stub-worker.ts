import { vi } from 'vitest';
import type { PrecacheEntry } from 'workbox-precaching/_types';
import type { ServiceRequest } from '../../../src/protocol/service-messages.ts';
import { digestOf } from '../../../src/service/digest.ts';
import { serveOffline } from '../../../src/service/serve-offline.ts';

export const PAGE = 'https://page.example/';

/** What a browser keeps. */
export const kept = new Map<string, Response>();

/** What a server has, by address; none can be reached where it is empty. */
export const server = new Map<string, string>();

/** A request to a service worker, which a page does not know. */
export class Asked {
  readonly work: Promise<unknown>[] = [];
  waitUntil(work: Promise<unknown>): void {
    this.work.push(work);
  }
}

const keyOf = (request: RequestInfo) => (typeof request === 'string' ? request : request.url);

/** Puts the caches above and the server in place of the browser's own, and gives the events their class. */
export function stubWorker(): void {
  kept.clear();
  server.clear();
  const cache = {
    match: async (request: RequestInfo) => kept.get(keyOf(request))?.clone(),
    put: async (request: RequestInfo, response: Response) => void kept.set(keyOf(request), response),
    delete: async (request: RequestInfo) => kept.delete(keyOf(request)),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  };
  vi.stubGlobal('caches', { ...cache, open: async () => cache });
  vi.stubGlobal('fetch', fetchFromServer);
  for (const event of ['ExtendableEvent', 'FetchEvent']) vi.stubGlobal(event, Asked);
}

/** As a browser does it: what has not the hash that is asked for is no answer. */
async function fetchFromServer(request: RequestInfo): Promise<Response> {
  const content = server.get(keyOf(request).replace(/\?.*$/, ''));
  if (server.size === 0) throw new TypeError('Failed to fetch');
  const response = new Response(content, { status: content === undefined ? 404 : 200 });
  const integrity = typeof request === 'string' ? '' : request.integrity;
  if (integrity && integrity !== `sha256-${await digestOf(response)}`) throw new TypeError('Failed to fetch');
  return response;
}

/** A file as the build lists it. */
export async function entryOf(name: string, content: string) {
  return { url: PAGE + name, revision: null, integrity: `sha256-${await digestOf(new Response(content))}` };
}

/** The service worker of a build of these files, and a newer version that waits. */
export function workerOf(files: readonly PrecacheEntry[], waiting: object | null = null) {
  const listeners = new Map<string, (event: unknown) => void>();
  const self = {
    registration: { scope: PAGE, installing: null, waiting },
    clients: { matchAll: async () => [], claim: async () => {} },
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
  };
  serveOffline(self as never, files, { isolation: {}, policy: '' });
  return {
    /** What a person who goes to this address of the page is shown; undefined where the worker leaves that to the browser. */
    async visit(path: string): Promise<string | undefined> {
      const request = {
        url: PAGE + path,
        method: 'GET',
        mode: 'navigate',
        destination: 'document',
        headers: new Headers(),
      };
      let answer: Promise<Response> | undefined;
      const respondWith = (response: Promise<Response>) => {
        answer = response;
      };
      listeners.get('fetch')?.(Object.assign(new Asked(), { request, respondWith }));
      return (await answer)?.text();
    },
    /** What the page is answered to a request of its own. */
    tell: (data: ServiceRequest) =>
      new Promise((resolve) => {
        listeners.get('message')?.(Object.assign(new Asked(), { data, ports: [{ postMessage: resolve }] }));
      }),
  };
}
