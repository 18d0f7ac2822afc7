import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Site } from './serve.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.wasm': 'application/wasm',
};

export interface PlainHostOptions {
  /** Path under which dist/ lies, with slashes at both ends. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Folder of the built page, dist/ by default. */
  readonly folder?: string;
  /** Answers the requests below a folder that lies beside the page, by the name of that folder. */
  readonly beside?: Readonly<Record<string, RequestListener>>;
  /** Port to listen on again after a stop; any free one by default. */
  readonly port?: number;
  /** What every request has to bring, as `name:password`; nothing by default. */
  readonly login?: string;
}

export interface PlainHost extends Site {
  readonly port: number;
  /** Contents served in place of the built ones, by path within dist/. */
  readonly changed: Map<string, string>;
  /** Paths within dist/ that were asked for, in order. */
  readonly asked: string[];
}

/** A host that serves the files of dist/ and nothing else: the least that the built page must be able to live on. */
export async function servePlainly(options: PlainHostOptions = {}): Promise<PlainHost> {
  const { path = '/', headers = {}, folder = dist, beside = {}, port = 0, login } = options;
  const changed = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const brought = request.headers.authorization;
    if (login && brought !== `Basic ${btoa(login)}`)
      return void response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
    const { pathname } = new URL(request.url ?? '', 'http://host');
    const inside = pathname.startsWith(path) ? normalize(pathname.slice(path.length) || 'index.html') : '..';
    asked.push(inside);
    const another = beside[inside.split('/')[0] ?? ''];
    if (another) return void another(request, response);
    const content = inside.startsWith('..') ? Promise.reject(new Error('outside')) : read(inside);
    content.then(
      (bytes) => {
        const type = TYPES[extname(inside)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, ...headers }).end(request.method === 'HEAD' ? '' : bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  const read = async (name: string) => changed.get(name) ?? (await readFile(join(folder, name)));
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  const used = (server.address() as AddressInfo).port;
  return {
    url: `http://localhost:${used}${path}`,
    port: used,
    changed,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
