import type { Reply, Request } from './messages.ts';

/**
 * One worker and the wire to it. A worker that dies says nothing, so it holds a Web Lock for as long as it lives and the
 * page waits for that lock: getting it means the worker is gone.
 */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #ended = new AbortController();

  /** @param onLost called once when the worker died by itself, not after `terminate`; it is told whether it had started */
  constructor(createWorker: () => Worker, onReply: (reply: Reply) => void, onLost: (started: boolean) => void) {
    this.#worker = createWorker();
    let started = false;
    const lost = () => {
      if (this.#ended.signal.aborted) return;
      this.#ended.abort();
      onLost(started);
    };
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      started = true;
      if (data.type === 'hello' && data.lock !== null) this.#watch(data.lock, lost);
      onReply(data);
    });
    // Fires when the script cannot be loaded or throws outside of any request.
    this.#worker.addEventListener('error', lost);
    this.#worker.addEventListener('messageerror', lost);
  }

  post(request: Request): void {
    this.#worker.postMessage(request);
  }

  terminate(): void {
    this.#ended.abort();
    this.#worker.terminate();
  }

  #watch(lock: string, lost: () => void): void {
    const { signal } = this.#ended;
    const request = () => navigator.locks.request(lock, { signal }, lost).catch(() => undefined);
    void request();
    // WebKit drops what a page waits for when it puts the page aside; a second request beside the first does no harm.
    const onShow = (event: Event) => (event as PageTransitionEvent).persisted && request();
    addEventListener('pageshow', onShow, { signal });
  }
}
