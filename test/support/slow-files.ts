import type { RequestListener } from 'node:http';

/** Files that are answered by ranges, and slowly: there is time to do harm while they travel. */
export interface SlowFiles {
  readonly listener: RequestListener;
  /** Names of the files that were asked for, in order. */
  readonly asked: string[];
  /** Lets those who ask for a file wait for it until the returned function is called. */
  hold(name: string): () => void;
}

/**
 * Files behind addresses that end in their names.
 * @param pause milliseconds before each answer, and again in the middle of it
 */
export function slowFiles(files: ReadonlyMap<string, Uint8Array>, pause: number): SlowFiles {
  const asked: string[] = [];
  const held = new Map<string, Promise<void>>();
  const rest = () => new Promise((resolve) => setTimeout(resolve, pause));
  const listener: RequestListener = async ({ url, headers }, response) => {
    const name = new URL(url ?? '', 'http://host').pathname.split('/').at(-1) ?? '';
    const bytes = files.get(name);
    if (!bytes) return void response.writeHead(404).end();
    asked.push(name);
    await held.get(name);
    await rest();
    const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const start = Number(first);
    const body = bytes.subarray(start, last === '' ? bytes.length : Number(last) + 1);
    response.writeHead(headers.range ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': body.length,
      ...(headers.range && { 'content-range': `bytes ${start}-${start + body.length - 1}/${bytes.length}` }),
    });
    response.write(body.subarray(0, body.length >> 1));
    await rest();
    response.end(body.subarray(body.length >> 1));
  };
  return {
    listener,
    asked,
    hold(name) {
      let release = () => {};
      held.set(
        name,
        new Promise((resolve) => {
          release = resolve;
        }),
      );
      return () => {
        held.delete(name);
        release();
      };
    },
  };
}
