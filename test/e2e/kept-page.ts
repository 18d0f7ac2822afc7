import type { Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, type PlainHostOptions, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { engineReady, lastAnswer, type OpenPage, openPage } from './open-page.ts';

/** A page that its browser keeps, and the host it came from. */
export interface KeptPage extends OpenPage {
  readonly host: PlainHost;
}

/** A browser for the tests of a file, each of which begins with a first visit to a fresh host. */
export async function keptPages(): Promise<{ visit: (options?: PlainHostOptions) => Promise<KeptPage> }> {
  const browser = await browserOfFile(launchQuickly);
  let host: PlainHost | undefined;
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await host?.close();
  });
  return {
    async visit(options = {}) {
      host = await servePlainly(options);
      const opened = await openPage(browser, `${host.url}?backend=wasm`);
      opened.page.on('worker', (worker) => void worker.evaluate(noteBreaches).catch(() => undefined));
      await worksOffline(opened.page);
      return { ...opened, host };
    },
  };
}

type Noting = typeof globalThis & { breaches?: string[] };

/** In a worker, whose console does not tell: notes what its policy refused. */
function noteBreaches(): void {
  const breaches: string[] = [];
  (self as Noting).breaches = breaches;
  self.addEventListener('securitypolicyviolation', ({ blockedURI }) => breaches.push(blockedURI));
}

/** Addresses that the policy of the worker refused since it began. */
export const breachesOfWorker = (page: Page) => page.workers()[0]?.evaluate(() => (self as Noting).breaches);

/** Waits until the page says that it works offline. */
export async function worksOffline(page: Page): Promise<void> {
  await engineReady(page);
  await page.getByText('Works offline').waitFor({ timeout: 60_000 });
}

/** The page as after any reload: it has opened and the model has answered. */
export async function answers(page: Page): Promise<void> {
  await engineReady(page);
  expect(await lastAnswer(page, 1)).toContain('a bike');
}

/** Addresses in all caches whose names have these words. */
export function storedOf(page: Page, words: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const names = (await caches.keys()).filter((name) => name.includes(wanted));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  }, words);
}
