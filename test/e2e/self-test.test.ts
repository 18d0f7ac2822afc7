import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { launchWithFloat16 } from '../support/browser.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { engineReady, fact, openDialog } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage, launchWithFloat16);

interface Case {
  readonly ids: readonly number[];
  readonly answerStart: number;
}

/** Opens the page in a fresh profile; a service worker would hide from the test what the page's workers fetch. */
async function open(query: string, tampered = false): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  if (tampered) {
    await page.route('**/self-test/cases.json', async (route) => {
      const cases = (await (await route.fetch()).json()) as Record<string, Case>;
      const wrong = Object.entries(cases).map(([repository, { ids, answerStart, ...rest }]) => {
        const other = ids.map((id, i) => (i >= answerStart ? (id + 7) % 2000 : id));
        return [repository, { ...rest, answerStart, ids: other }];
      });
      await route.fulfill({ json: Object.fromEntries(wrong) });
    });
  }
  await page.goto(site.url + query);
  return page;
}

/** What the browser remembers of self-tests: backend, its numbers where it has a choice of them, and result. */
function remembered(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const cache = await caches.open('kosmos2-self-tests');
    const results = (await cache.keys()).map(async (key) => {
      const name = decodeURIComponent(key.url);
      const backend = name.includes('/wasm/') ? 'wasm' : `webgpu in ${/\/(f16|f32)\//.exec(name)?.[1]}`;
      return `${backend} ${await (await cache.match(key))?.text()}`;
    });
    return Promise.all(results);
  });
}

/** Waits until the worker has told of the last that it does while nothing is asked, which is behind the self-test. */
async function restingOnCpu(page: Page): Promise<void> {
  await openDialog(page, 'Diagnostics…');
  await expect.poll(() => fact(page, 'graph capture')).toMatch(/^off: there is nothing to record/);
}

it('the model is checked quietly against its recorded answer, once', async () => {
  const page = await open('?backend=wasm');
  await engineReady(page);
  await expect.poll(() => remembered(page), { timeout: 60_000 }).toEqual(['wasm passed']);
  await restingOnCpu(page);
  expect(await page.locator('.notice').count()).toBe(0);
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().includes('self-test')) asked += 1;
  });
  await page.reload();
  await engineReady(page);
  await restingOnCpu(page);
  expect(asked).toBe(0);
  await page.context().close();
});

it('a GPU whose answers are not the recorded ones gives way to the CPU, and the page says so', async () => {
  const page = await open('', true);
  await engineReady(page);
  const float16 = await page.evaluate(async () => (await navigator.gpu.requestAdapter())?.features.has('shader-f16'));
  expect(await page.evaluate(() => document.documentElement.dataset.backend)).toBe('webgpu');
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset.backend), { timeout: 180_000 })
    .toBe('wasm');
  await page.getByText('The model computes wrong on this GPU').first().waitFor();
  // The recorded answer is what is wrong here, so each rung fails, float16, float32 and the CPU; there is nothing after it.
  await page.getByText('Do not trust its answers').first().waitFor({ timeout: 60_000 });
  const failed = ['wasm failed', ...(float16 ? ['webgpu in f16 failed'] : []), 'webgpu in f32 failed'];
  expect((await remembered(page)).toSorted()).toEqual(failed);
  await page.context().close();
});

it('a device that computes wrong and has no other way is warned of on every visit', { timeout: 240_000 }, async () => {
  const page = await open('?backend=wasm', true);
  const warning = page.locator('.notice').getByText('Do not trust its answers');
  await warning.waitFor({ timeout: 60_000 });
  await page.reload();
  await warning.waitFor({ timeout: 60_000 });
  await page.context().close();
});
