/// <reference lib="webworker" />

import { countSent } from '../src/protocol/count-sent.ts';
import type { ImporterReply, ImporterRequest } from '../src/protocol/importer-messages.ts';
import { serveImporter } from '../src/storage/serve-importer.ts';

declare const self: DedicatedWorkerGlobalScope;

const post = (reply: ImporterReply) => self.postMessage(reply);

countSent(self, (bytes) => post({ type: 'sent', bytes }));
serveImporter({
  post,
  listen: (onRequest) => self.addEventListener('message', ({ data }: MessageEvent<ImporterRequest>) => onRequest(data)),
});
