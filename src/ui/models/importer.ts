import { createImporterClient, type ImporterClient } from '../../protocol/importer-client.ts';
import { withSentCounted } from '../privacy/sent-store.ts';

let client: ImporterClient | null = null;

/** The worker that keeps models; it starts when it is first needed. */
export function importer(): ImporterClient {
  client ??= createImporterClient(() =>
    withSentCounted(new Worker(new URL('../../../workers/importer.ts', import.meta.url), { type: 'module' })),
  );
  return client;
}
