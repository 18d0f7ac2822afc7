import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../support/chromium.ts';
import { busiest, highWater, memoryOf, processesOf } from '../support/processes.ts';

/** A Chromium of its own with one tab, and what its processes take. */
export interface Tab {
  readonly page: Page;
  /** Most resident memory of the tab's process so far, and of the browser's own, which does its file work. Bytes. */
  peak(): Promise<{ readonly tab: number; readonly browser: number }>;
  /** Resident memory of the tab's process now, rid of its garbage, and of the one that drives the GPU. Bytes. */
  resident(): Promise<{ readonly tab: number; readonly gpu: number }>;
  /** Kills the tab's process, as the system does when memory runs out. */
  kill(): Promise<void>;
  /** Another tab in place of a killed one. */
  again(url: string): Promise<Tab>;
  close(): Promise<void>;
}

const callWorker = fileURLToPath(new URL('call-worker.js', import.meta.url));

/** Opens an address in a Chromium whose profile, OPFS included, is kept in `profile`. */
export async function openTab(profile: string, url: string): Promise<Tab> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...chromiumFlags, '--js-flags=--expose-gc'],
    // The service worker would hand the importer a policy that allows no hub without https.
    serviceWorkers: 'block',
  });
  const [first] = context.pages();
  return tabOf(context, first ?? (await context.newPage()), url);
}

async function tabOf(context: BrowserContext, page: Page, url: string): Promise<Tab> {
  const browser = context.browser() as Browser;
  const cdp = await context.newCDPSession(page);
  // A disk of a person's machine: headless profiles get what is left of the temporary folder's.
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(url).origin, quotaSize: 40e9 });
  await page.goto(url);
  // The page's policy lets no script element in.
  await page.evaluate(await readFile(callWorker, 'utf8'));
  return {
    page,
    async peak() {
      const { renderer, browser: own } = await processesOf(browser);
      return { tab: await highWater(await busiest(renderer)), browser: await highWater(own[0] as number) };
    },
    async resident() {
      await page.evaluate('gc()');
      for (const worker of page.workers()) await worker.evaluate('gc()');
      const { renderer, GPU } = await processesOf(browser);
      return { tab: await memoryOf(await busiest(renderer), 'VmRSS'), gpu: await memoryOf(GPU[0] as number, 'VmRSS') };
    },
    async kill() {
      const crashed = page.waitForEvent('crash');
      process.kill(await busiest((await processesOf(browser)).renderer), 'SIGKILL');
      await crashed;
      await page.close().catch(() => undefined);
    },
    again: async (next) => tabOf(context, await context.newPage(), next),
    close: () => context.close(),
  };
}
