import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What can go wrong with one answer. */
export type Fault =
  /** The connection breaks at some byte of the body, at another one every time. */
  | 'cut'
  /** Fewer or more bytes come than the headers promise. */
  | 'short'
  | 'long'
  /** The body dribbles. */
  | 'slow'
  /** The body begins, and then nothing comes any more. */
  | 'stalled'
  /** Answers to later requests overtake this one. */
  | 'late'
  /** As many bytes as should come, but others. */
  | 'wrong'
  /** The server is busy and says for how long. */
  | 'busy'
  | 'broken';

export interface HubServerOptions {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly repository?: string;
  /** Without it, a request gets 401. */
  readonly token?: string;
  /** The repository answers 403: its terms were not accepted. */
  readonly gated?: boolean;
  /** Pages of other origins cannot see lengths and tags, as on a host with the least CORS there is. */
  readonly hidesHeaders?: boolean;
  /** Refuses what is not there with 403, as stores do that let nobody list them. */
  readonly hidesAbsent?: boolean;
  /** Files lie there compressed too, and go out so to whoever takes them. */
  readonly compresses?: boolean;
  /**
   * Whether a file comes whole whatever range is asked for, in pieces whose sum no header tells, as from a cache before the hub.
   * @param before how often it was asked for by then
   */
  comesWhole?(file: string, before: number): boolean;
  /** Says what goes wrong with the answer to a range, counted from 0. */
  fault?(request: number, file: string): Fault | null;
}

/** A server that was asked. */
export interface HubServer {
  /** Address to give as endpoint. */
  readonly endpoint: string;
  /** Address of the files without redirects, as on a plain site. */
  readonly site: string;
  readonly commit: string;
  /** Every request of the server the redirects lead to. */
  readonly blobRequests: readonly { readonly file: string; readonly headers: IncomingMessage['headers'] }[];
  /** Ranges being answered at one time, at most. */
  readonly mostAtOnce: number;
  /** Puts another content behind a name: same address, other bytes, other tag. */
  change(name: string, bytes: Uint8Array): void;
  /** From now on a request without this token gets 401. */
  askFor(token: string): void;
  close(): Promise<void>;
}

/** For `comesWhole`: files of the repository itself come from a cache, weights from a store that heeds ranges. */
export const isJson = (file: string) => file.endsWith('.json');

/** The commit behind the branch `main`. */
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, range',
  'access-control-expose-headers': 'content-range, etag',
};

/**
 * A local server that behaves like the Hugging Face hub: an API that names commits, files that redirect to another origin,
 * ranges, tags, tokens, and every way in which a network fails.
 */
export async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const { repository = 'test/kosmos-2', gated, fault } = options;
  let { token } = options;
  const files = new Map(options.files);
  const blobRequests: { file: string; headers: IncomingMessage['headers'] }[] = [];
  let count = 0;
  let atOnce = 0;
  let mostAtOnce = 0;

  async function blob(request: IncomingMessage, response: ServerResponse, file: string): Promise<void> {
    const compressed = options.compresses && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const plain = files.get(file);
    const bytes = plain && compressed ? gzipSync(plain) : plain;
    if (!bytes) return void response.writeHead(options.hidesAbsent ? 403 : 404, CORS).end('Entry not found');
    blobRequests.push({ file, headers: request.headers });
    atOnce++;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    response.on('close', () => atOnce--);
    const wrong = fault?.(count++, file) ?? null;
    if (wrong === 'late') await new Promise((resolve) => setTimeout(resolve, 50));
    if (wrong === 'busy') return void response.writeHead(429, { ...CORS, 'retry-after': '0' }).end('busy');
    if (wrong === 'broken') return void response.writeHead(502, CORS).end('bad gateway');
    const whole = options.comesWhole?.(file, blobRequests.filter((one) => one.file === file).length - 1) ?? false;
    const range = whole ? '' : (request.headers.range ?? '');
    const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
    const start = Number(first);
    const end = Math.min(last === '' ? bytes.length : Number(last) + 1, bytes.length);
    if (start >= bytes.length) {
      return void response.writeHead(416, { ...CORS, 'content-range': `bytes */${bytes.length}` }).end();
    }
    const body = bytes.subarray(start, end);
    const headers: Record<string, string> = {
      ...CORS,
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      ...(compressed ? { 'content-encoding': 'gzip' } : {}),
      // A body of another length than the header says would not get through Node; without the header it does.
      ...(request.method === 'GET' && (wrong === 'short' || wrong === 'long' || whole)
        ? {}
        : { 'content-length': String(body.length) }),
    };
    if (!options.hidesHeaders) {
      headers.etag = tagOf(bytes);
      if (range) headers['content-range'] = `bytes ${start}-${end - 1}/${bytes.length}`;
    }
    response.writeHead(range ? 206 : 200, headers);
    if (request.method === 'HEAD') return void response.end();
    const half = body.length >> 1;
    if (wrong === 'cut') response.write(body.subarray(0, someByte(body.length)), () => response.destroy());
    else if (wrong === 'stalled') response.write(body.subarray(0, half));
    else if (wrong === 'wrong') response.end(body.map((byte) => byte ^ 1));
    else if (wrong === 'short') response.end(body.subarray(0, half));
    else if (wrong === 'long') response.end(Buffer.concat([body, Buffer.from('and more')]));
    else if (wrong === 'slow') {
      for (let at = 0; at < 4; at++) {
        response.write(body.subarray((body.length * at) / 4, (body.length * (at + 1)) / 4));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      response.end();
    } else response.end(body);
  }

  let seed = 1;
  /** Seeded, so that a failure can be had again. */
  function someByte(length: number): number {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * length);
  }

  const blobs = createServer((request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    void blob(request, response, decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname.slice(1)));
  });
  const site = await listen(blobs);

  const hub = createServer((request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname);
    const file = path.startsWith(`/${repository}/resolve/${COMMIT}/`) ? (path.split('/').at(-1) as string) : null;
    const revision = path.startsWith(`/api/models/${repository}/revision/`) ? path.split('/').at(-1) : null;
    const known = revision === 'main' || revision === COMMIT;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      return void response.writeHead(401, CORS).end('{"error":"Invalid username or password."}');
    }
    if (gated) return void response.writeHead(403, CORS).end('{"error":"Access to model is restricted."}');
    if (known) {
      const body = { id: repository, sha: COMMIT, cardData: { license: 'mit' } };
      return void response.writeHead(200, { ...CORS, 'content-type': 'application/json' }).end(JSON.stringify(body));
    }
    if (file === null) return void response.writeHead(404, CORS).end('{"error":"Repository not found"}');
    if (!files.has(file)) return void response.writeHead(404, CORS).end('Entry not found');
    return void response.writeHead(302, { ...CORS, location: `${site}/${encodeURIComponent(file)}?signature=x` }).end();
  });
  const endpoint = await listen(hub);

  return {
    endpoint,
    site,
    commit: COMMIT,
    blobRequests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    change: (name, bytes) => files.set(name, bytes),
    askFor(wanted) {
      token = wanted;
    },
    async close() {
      await Promise.all([hub, blobs].map(close));
    },
  };
}

const tags = new WeakMap<Uint8Array, string>();

/** The hash of a file, as the hub's own tags; reckoned once. */
function tagOf(bytes: Uint8Array): string {
  const tag = tags.get(bytes) ?? `"${createHash('sha256').update(bytes).digest('hex')}"`;
  tags.set(bytes, tag);
  return tag;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
