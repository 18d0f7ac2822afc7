import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { beforeWorker } from './before-worker.ts';

/** What a tab holds after a collection of garbage, in bytes; buffers are counted. */
export interface TabMemory {
  /** Objects and array buffers of the page, of the worker that runs the model. */
  readonly page: number;
  readonly worker: number;
  /** Memory of onnxruntime's wasm: it only ever grows. */
  readonly wasm: number;
  /** Buffers made on the GPU and not destroyed. */
  readonly gpuBuffers: number;
}

/** A worker with `census.js` before its script. */
type Counting = typeof globalThis & {
  readonly census?: { readonly memories: readonly WebAssembly.Memory[]; readonly buffers: number };
};

/** Counts in every worker that the context starts from now on. Service workers must be blocked: they serve past it. */
export function countInWorkers(context: BrowserContext): Promise<void> {
  return beforeWorker(context, 'census.js');
}

/** @returns measures the page and its one worker */
export async function watchMemory(page: Page): Promise<() => Promise<TabMemory>> {
  const session = await page.context().newCDPSession(page);
  const worker = await workerOf(session);
  return async () => {
    const counted = await page.workers()[0]?.evaluate(() => {
      const { memories = [], buffers = 0 } = (self as Counting).census ?? {};
      return { wasm: memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0), gpuBuffers: buffers };
    });
    if (!counted?.wasm) throw new Error('The worker does not count its memory.');
    return {
      page: await heapOf((method) => session.send(method)),
      worker: await heapOf(worker),
      ...counted,
    };
  };
}

type Method = 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage';
type Send = (method: Method) => Promise<unknown>;

async function heapOf(send: Send): Promise<number> {
  // What the first leaves to finalizers the second takes.
  await send('HeapProfiler.collectGarbage');
  await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = (await send('Runtime.getHeapUsage')) as Record<string, number>;
  return (usedSize ?? 0) + (backingStorageSize ?? 0);
}

/** Playwright talks to workers, but not to their heaps. */
async function workerOf(session: CDPSession): Promise<Send> {
  const attached = new Promise<string>((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const waiting = new Map<number, (result: unknown) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
  });
  let last = 0;
  return (method) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, resolve);
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) }).catch(reject);
    });
}
