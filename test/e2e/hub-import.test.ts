import type { Browser, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportOptions, importCheckpoint } from '../../src/package/import-checkpoint.ts';
import { launchChromium } from '../support/browser.ts';
import { type Fault, type HubServerOptions, isJson, startHubServer } from '../support/hub-server.ts';
import type { PageSource } from '../support/import-in-page.ts';
import { memoryCheckpoint, memorySink, readFolder } from '../unit/package/memory-files.ts';

const OPTIONS: ImportOptions = {
  scheme: 'q4',
  name: 'Test',
  description: '',
  licence: 'MIT',
  source: { repository: 'test/kosmos-2', revision: null },
  maxShardBytes: 100_000,
};
const FAULTS: readonly (Fault | null)[] = [
  'cut',
  null,
  'short',
  null,
  'long',
  null,
  'busy',
  null,
  'broken',
  null,
  null,
];

let vite: ViteDevServer;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  vite = await createServer({
    configFile: false,
    cacheDir: '.cache/vite-hub-import',
    server: { hmr: false },
    optimizeDeps: { noDiscovery: true },
    logLevel: 'error',
    plugins: [
      {
        name: 'empty page',
        configureServer({ middlewares }) {
          middlewares.use('/empty', (_, response) =>
            response.setHeader('content-type', 'text/html').end('<html></html>'),
          );
        },
      },
    ],
  });
  await vite.listen();
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(new URL('empty', vite.resolvedUrls?.local[0]).href);
});
afterAll(async () => {
  await browser?.close();
  await vite?.close();
});

/** The files that the browser makes of a checkpoint it reads from another origin. */
function importInBrowser(source: PageSource): Promise<unknown> {
  const values = [source, OPTIONS].map((value) => JSON.stringify(value)).join();
  // As text, for Vitest would resolve the import here; the browser gets the module from Vite.
  return page.evaluate(`import('/test/support/import-in-page.ts').then((page) => page.importInPage(${values}))`);
}

test.each([
  ['the hub, with a token, by redirects to a third origin', { token: 'hf_secret' }, 'random-bf16'],
  ['the hub behind a cache that sends JSON files whole', { comesWhole: isJson }, 'random-bf16'],
  ['a failing network', { fault: (n: number) => FAULTS[n % FAULTS.length] ?? null }, 'random-f16-sharded'],
  ['a slow one', { fault: (): Fault => 'slow' }, 'random-f32'],
  ['a site that hides lengths and tags from other origins', { hidesHeaders: true }, 'random-bf16'],
] as [string, Partial<HubServerOptions>, string][])(
  'Chromium imports from %s to the hashes of Node',
  async (_, options, name) => {
    const files = await readFolder(`test/fixtures/reference/${name}`);
    const { manifest } = await importCheckpoint(memoryCheckpoint(files), memorySink(new Map()), OPTIONS);
    const server = await startHubServer({ files, ...options });
    try {
      const { endpoint, site } = server;
      const source = options.hidesHeaders ? { site } : { endpoint, token: options.token ?? 'hf_unused' };
      expect(await importInBrowser(source)).toEqual(manifest.files);
      for (const { headers } of server.blobRequests) expect(headers.authorization).toBeUndefined();
    } finally {
      await server.close();
    }
  },
);
