import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { launchChromium } from '../../test/support/browser.ts';
import { chromiumPath } from '../../test/support/chromium.ts';
import { type PlainHost, servePlainly } from '../../test/support/plain-host.ts';
import { requireBuiltPage } from '../setup.mjs';

export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;
export const NARROWEST = { width: 360, height: 740 } as const;

/** How the page is visited for a picture. */
export interface Visit {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  /** What stands behind the address, by default the choice of the CPU. */
  readonly query?: string;
  /** Whether the page may work offline; off by default, so that requests can be held. */
  readonly offline?: boolean;
  /** A browser without WebGPU. */
  readonly noGpu?: boolean;
  /** Runs before the page is there. */
  readonly before?: (context: BrowserContext, page: Page) => Promise<void>;
}

/** Where pictures are taken: the built page on a host of its own, and browsers that visit it. */
export interface Studio {
  readonly host: PlainHost;
  visit(options?: Visit): Promise<Page>;
  close(): Promise<void>;
}

/** @param folder of the built page @throws SetupError where there is none */
export async function openStudio(folder: string): Promise<Studio> {
  requireBuiltPage(folder);
  const host = await servePlainly({ folder });
  const browsers = new Map<boolean, Promise<Browser>>();
  const browserOf = (noGpu: boolean) => {
    const known = browsers.get(noGpu);
    if (known) return known;
    const launched = noGpu
      ? chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
      : launchChromium();
    browsers.set(noGpu, launched);
    return launched;
  };
  return {
    host,
    async visit({
      viewport = DESKTOP,
      dark = false,
      query = '?backend=wasm',
      offline = false,
      noGpu = false,
      before,
    } = {}) {
      const browser = await browserOf(noGpu);
      const context = await browser.newContext({
        viewport,
        colorScheme: dark ? 'dark' : 'light',
        deviceScaleFactor: viewport === DESKTOP ? 1 : 2,
        hasTouch: viewport !== DESKTOP,
        serviceWorkers: offline ? 'allow' : 'block',
        permissions: ['clipboard-write'],
      });
      const page = await context.newPage();
      await before?.(context, page);
      await page.goto(`${host.url}${query}`, { waitUntil: 'commit' });
      return page;
    },
    async close() {
      for (const browser of await Promise.all(browsers.values())) await browser.close();
      await host.close();
    },
  };
}

/** Waits until this many turns about the picture are over. */
export async function answered(page: Page, turns: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelectorAll('.turn:is([data-status=done], [data-status=failed])').length >= count,
    turns,
    { timeout: 120_000 },
  );
}

/** Asks in a mode of the composer and waits for the answer. */
export async function ask(page: Page, mode: string, words: string): Promise<void> {
  const turns = await page.locator('.turn').count();
  await page.locator(`input[name=mode][value=${mode}]`).check({ force: true });
  if (words) await page.locator('#composer-field').fill(words);
  await page.locator('#composer-field').press('Enter');
  await answered(page, turns + 1);
}

/** Presses a box of the picture, which shows what can be done with it. */
export async function pressBox(page: Page, entity: number): Promise<void> {
  const box = await page.locator(`.box-list li[data-entity="${entity}"] button`).first().boundingBox();
  if (!box) throw new Error(`There is no box of entity ${entity} on the picture.`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.locator('.box-actions').waitFor();
}
