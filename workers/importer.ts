/// <reference lib="webworker" />
import type { ImporterRequest } from '../src/protocol/importer-messages.ts';
import { serveImporter } from '../src/storage/serve-importer.ts';

declare const self: DedicatedWorkerGlobalScope;

serveImporter({
  post: (reply) => self.postMessage(reply),
  listen: (onRequest) => self.addEventListener('message', ({ data }: MessageEvent<ImporterRequest>) => onRequest(data)),
});
