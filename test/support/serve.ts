import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

/** A server of the built page. */
export interface Site {
  /** Where it is, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Serves dist/ on a free port of this machine, as it was last built. */
export async function serveBuiltPage(): Promise<Site> {
  if (!existsSync(`${root}/dist/index.html`)) {
    throw new Error('There is no built page in dist/: run `npm run build` first, or `npm test`, which does.');
  }
  const server = await preview({ root, logLevel: 'warn', preview: { port: 0, host: 'localhost', open: false } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server of the built page has no port.');
  return {
    url: `http://localhost:${address.port}/`,
    close: () => server.close(),
  };
}
