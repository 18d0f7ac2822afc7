import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { launchChromium } from './browser.ts';

/** Starts a browser for all tests of a file, and ends it behind the last of them. */
export async function browserOfFile(launch = launchChromium): Promise<Browser> {
  const browser = await launch();
  afterAll(() => browser.close());
  return browser;
}

interface Closed {
  close(): Promise<void>;
}

/** The same with a server of the page. */
export async function siteInBrowser<Site extends Closed>(
  serve: () => Promise<Site>,
  launch?: () => Promise<Browser>,
): Promise<{ readonly site: Site; readonly browser: Browser }> {
  const site = await serve();
  afterAll(() => site.close());
  return { site, browser: await browserOfFile(launch) };
}
