/// <reference lib="webworker" />
import { countSent, type SentMessage } from '../src/protocol/count-sent.ts';

declare const self: DedicatedWorkerGlobalScope;

/** A worker's end of the wire to the page. */
interface Port<Request, Reply> {
  post(reply: Reply): void;
  listen(onRequest: (request: Request) => void): void;
}

/**
 * Begins a worker. Its own script is to hold nothing else: a bundler puts what a late part shares with it into that script,
 * and WebKit (Safari) runs a worker's own script a second time for whoever imports it, so that two would answer the page.
 * @param load fetches what answers; requests that come before it wait for it. Where it fails the page is told by `error`
 */
export function startWorker<Request, Reply>(load: () => Promise<(port: Port<Request, Reply>) => void>): void {
  const early: Request[] = [];
  let hear = (request: Request): void => {
    early.push(request);
  };
  self.addEventListener('message', ({ data }: MessageEvent<Request>) => hear(data));
  const post = (reply: Reply | SentMessage) => self.postMessage(reply);
  countSent(self, (bytes) => post({ type: 'sent', bytes }));
  const listen = (onRequest: (request: Request) => void) => {
    hear = onRequest;
    for (const request of early) onRequest(request);
  };
  load().then((serve) => serve({ post, listen }), reportError);
}
