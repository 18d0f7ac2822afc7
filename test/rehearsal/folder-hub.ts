import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, range',
  'access-control-expose-headers': 'content-range, etag',
};

/** A server to be asked, and to be closed. */
export interface FolderHub {
  readonly endpoint: string;
  close(): void;
}

/**
 * The files of a folder behind the addresses of a hub: an API that names a commit, and files that redirect to another
 * origin, which answers ranges from the disk. It holds nothing in memory, so a full-size checkpoint is no trouble.
 */
export async function serveFolderAsHub(folder: string, repository: string): Promise<FolderHub> {
  const blobs = await listen((request, response) => void sendFile(folder, request, response));
  const hub = await listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://hub').pathname);
    if (request.method === 'OPTIONS') response.writeHead(204, CORS).end();
    else if (path.startsWith(`/api/models/${repository}/revision/`)) {
      const body = { id: repository, sha: COMMIT, cardData: { license: 'mit' } };
      response.writeHead(200, { ...CORS, 'content-type': 'application/json' }).end(JSON.stringify(body));
    } else if (path.startsWith(`/${repository}/resolve/${COMMIT}/`)) {
      response.writeHead(302, { ...CORS, location: `${blobs.url}/${encodeURIComponent(basename(path))}` }).end();
    } else response.writeHead(404, CORS).end('Repository not found');
  });
  return {
    endpoint: hub.url,
    close() {
      hub.close();
      blobs.close();
    },
  };
}

async function sendFile(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
  const file = join(folder, basename(decodeURIComponent(new URL(request.url ?? '', 'http://hub').pathname)));
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return void response.writeHead(404, CORS).end('Entry not found');
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first);
  const end = Math.min(last === '' ? found.size : Number(last) + 1, found.size);
  const headers = {
    ...CORS,
    'content-type': 'application/octet-stream',
    'content-length': end - start,
    etag: `"${found.size}-${found.mtimeMs}"`,
    ...(request.headers.range && { 'content-range': `bytes ${start}-${end - 1}/${found.size}` }),
  };
  response.writeHead(request.headers.range ? 206 : 200, headers);
  if (request.method === 'HEAD' || end <= start) return void response.end();
  const body = createReadStream(file, { start, end: end - 1, highWaterMark: 2 ** 20 });
  response.on('close', () => body.destroy());
  body.pipe(response);
}

async function listen(handler: RequestListener): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
