import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumFlags, chromiumPath, viewport } from '../../test/support/chromium.ts';

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

/** A page of a Chromium that is driven by the DevTools protocol alone. */
export interface BarePage {
  send<Result = object>(method: string, params?: object): Promise<Result>;
  /** Calls back with each event of this name, until what it returns is called. */
  on(event: string, listener: (params: object) => void): () => void;
  /** Ends this Chromium and removes its profile. */
  close(): Promise<void>;
}

/**
 * Starts headless Chromium with a new profile and one empty page. Playwright enables the protocol's Runtime domain on every
 * page it opens, and V8 then looks up the source position of every error that is made: React makes six while it sets itself
 * up, and V8 parses all of React once more for them. No visitor's browser does.
 */
export async function openBarePage(): Promise<BarePage> {
  const profile = await mkdtemp(join(tmpdir(), 'kosmos2-trace-'));
  const flags = ['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, ...chromiumFlags];
  const chromium = spawn(chromiumPath(), [...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => chromium.once('exit', resolve));
  const kill = () => void chromium.kill();
  process.once('exit', kill);
  const input = chromium.stdio[3] as Writable;
  const output = chromium.stdio[4] as Readable;
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<{ readonly event: string; readonly listener: (params: object) => void }>();
  let last = 0;
  let session: string | undefined;

  // Each message ends with a zero byte.
  let parts: Buffer[] = [];
  output.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      take(JSON.parse(Buffer.concat([...parts, rest.subarray(0, end)]).toString()) as Reply);
      parts = [];
      rest = rest.subarray(end + 1);
    }
    parts.push(rest);
  });

  function take(reply: Reply): void {
    if (reply.id === undefined) {
      for (const { event, listener } of listeners) if (event === reply.method) listener(reply.params ?? {});
      return;
    }
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  }

  async function send<Result>(method: string, params: object = {}): Promise<Result> {
    last += 1;
    const id = last;
    const reply = await new Promise<Reply>((resolve, reject) => {
      waiting.set(id, resolve);
      void ended.then(() => reject(new Error(`Chromium ended before it answered ${method}.`)));
      input.write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
    });
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result as Result;
  }

  const { targetId } = await send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...viewport,
  });
  const attached = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
  session = attached.sessionId;
  return {
    send,
    on(event, listener) {
      const added = { event, listener };
      listeners.add(added);
      return () => listeners.delete(added);
    },
    async close() {
      kill();
      process.off('exit', kill);
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
