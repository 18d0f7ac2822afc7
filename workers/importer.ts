import type { ImporterReply, ImporterRequest } from '../src/protocol/importer-messages.ts';
import { startWorker } from './start-worker.ts';

startWorker<ImporterRequest, ImporterReply>(
  async () => (await import('../src/storage/serve-importer.ts')).serveImporter,
);
