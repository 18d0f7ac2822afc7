import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { requireBuiltPage } from '../../scripts/setup.mjs';

/** A server of the built page. */
export interface Site {
  /** Where it is, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Serves dist/ on a free port of this machine, as it was last built. @throws SetupError where it was not */
export async function serveBuiltPage(): Promise<Site> {
  requireBuiltPage();
  const server = await preview({ root, logLevel: 'warn', preview: { port: 0, host: 'localhost', open: false } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server of the built page has no port.');
  return {
    url: `http://localhost:${address.port}/`,
    close: () => server.close(),
  };
}
