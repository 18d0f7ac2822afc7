/// <reference lib="webworker" />
import type { Reply, Request } from '../src/protocol/messages.ts';
import { holdLifeLock, serve } from '../src/runtime/serve.ts';

declare const self: DedicatedWorkerGlobalScope;

const post = (reply: Reply) => self.postMessage(reply);

serve({
  post,
  listen: (onRequest) => self.addEventListener('message', ({ data }: MessageEvent<Request>) => onRequest(data)),
});
post({ type: 'hello', lock: await holdLifeLock() });
