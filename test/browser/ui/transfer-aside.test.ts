import { afterEach, expect, it, vi } from 'vitest';
import { pauseTransfer, startTransfer } from '../../../src/ui/models/run-transfer.ts';
import { forgetTransfer, transferStore } from '../../../src/ui/models/transfer-store.ts';

/** A worker that gets nothing and says nothing. */
class StillWorker extends EventTarget {
  readonly heard: string[] = [];
  ended = false;

  constructor() {
    super();
    workers.push(this);
  }

  postMessage({ type }: { readonly type: string }): void {
    this.heard.push(type);
  }

  terminate(): void {
    this.ended = true;
  }
}

let workers: StillWorker[] = [];
const source = { kind: 'site', url: 'https://example.org/model/' } as const;
const job = { way: { kind: 'copy', source }, repository: '', name: 'a', scheme: 'q4', whole: false } as const;

/** As a browser tells a page that it is put aside, and that it is back. */
const pageIs = (what: 'pagehide' | 'pageshow') => dispatchEvent(new PageTransitionEvent(what, { persisted: true }));
const phase = () => transferStore.getState().phase;

afterEach(() => {
  pauseTransfer();
  pageIs('pagehide');
  forgetTransfer();
  vi.unstubAllGlobals();
  workers = [];
});

it('a model on its way is let go by a page that is put aside, for other pages to get, and goes on when that is back', async () => {
  vi.stubGlobal('Worker', StillWorker);
  startTransfer(job);
  expect(workers.map(({ heard }) => heard)).toEqual([['copy']]);
  pageIs('pagehide');
  expect(workers.map(({ ended }) => ended)).toEqual([true]);
  await vi.waitFor(() => expect(phase()).toBe('paused'));
  pageIs('pageshow');
  await vi.waitFor(() => expect(phase()).toBe('running'));
  expect(workers.map(({ heard, ended }) => [...heard, ended])).toEqual([
    ['copy', true],
    ['copy', false],
  ]);
});

it('a model that a person stopped does not go on by itself when the page is back', async () => {
  vi.stubGlobal('Worker', StillWorker);
  startTransfer(job);
  pauseTransfer();
  pageIs('pagehide');
  await vi.waitFor(() => expect(phase()).toBe('paused'));
  pageIs('pageshow');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(phase()).toBe('paused');
});
