import { afterEach, expect, it, vi } from 'vitest';
import { WorkerLink } from '../../../src/protocol/worker-link.ts';

afterEach(() => vi.unstubAllGlobals());

/** The window of a page whose worker holds a lock, with everybody that waits for it. */
function watched() {
  const page = new EventTarget();
  const worker = Object.assign(new EventTarget(), { postMessage() {}, terminate() {} });
  const waiting: { readonly signal: AbortSignal; readonly granted: () => void }[] = [];
  const request = (_: string, { signal }: { signal: AbortSignal }, granted: () => void) => {
    waiting.push({ signal, granted });
    return new Promise(() => {});
  };
  vi.stubGlobal('navigator', { locks: { request } });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const onLost = vi.fn();
  const link = new WorkerLink(
    () => worker as unknown as Worker,
    () => {},
    onLost,
  );
  worker.dispatchEvent(new MessageEvent('message', { data: { type: 'hello', lock: 'a' } }));
  const comes = (persisted: boolean) => page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
  return { link, onLost, waiting, comes };
}

it('a page that was put aside watches its worker again, which it says once is lost', () => {
  const { onLost, waiting, comes } = watched();
  comes(false);
  expect(waiting).toHaveLength(1);
  comes(true);
  expect(waiting).toHaveLength(2);
  for (const { granted } of waiting.toReversed()) granted();
  expect(onLost.mock.calls).toEqual([[true]]);
  expect(waiting.every(({ signal }) => signal.aborted)).toBe(true);
});

it('a worker that was ended is watched no more when the page comes back', () => {
  const { link, onLost, waiting, comes } = watched();
  link.terminate();
  comes(true);
  expect(waiting).toHaveLength(1);
  expect(onLost).not.toHaveBeenCalled();
});
