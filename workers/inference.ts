/// <reference lib="webworker" />
import { countSent } from '../src/protocol/count-sent.ts';
import type { Reply, Request } from '../src/protocol/messages.ts';
import { holdLifeLock, serve } from '../src/runtime/serve.ts';

declare const self: DedicatedWorkerGlobalScope;

const post = (reply: Reply) => self.postMessage(reply);

countSent(self, (bytes) => post({ type: 'sent', bytes }));
serve({
  post,
  listen: (onRequest) => self.addEventListener('message', ({ data }: MessageEvent<Request>) => onRequest(data)),
});
// Not awaited here: a module that imports this one would be evaluated only after the first requests have come.
holdLifeLock().then((lock) => post({ type: 'hello', lock }));
