import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { ask, engineReady, lastAnswer } from './open-page.ts';

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;

afterEach(() => host?.close());

/** As in a private window: no service worker keeps the page. */
async function visit(): Promise<Page> {
  host = await servePlainly();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  return page;
}

it('a page that nothing keeps goes on whole when its server is gone', async () => {
  const page = await visit();
  await Promise.all([page.waitForResponse(/\/StoredModels-.*\.js$/), page.goto(`${host.url}?backend=wasm`)]);
  await engineReady(page);
  await lastAnswer(page, 1);
  await page.waitForLoadState('networkidle');
  await host.close();
  for (const name of ['Options', 'Keys']) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
  }
  await ask(page, 'find', 'a bike');
  expect(await lastAnswer(page, 2)).toContain('a bike');
  await page.context().close();
});

it('a part of the page that cannot be fetched takes nothing else away, and comes when the page is loaded again', async () => {
  const page = await visit();
  await page.route('**/Options-*.js', (route) => route.abort());
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  const caption = await lastAnswer(page, 1);
  const options = page.getByRole('button', { name: 'Options', exact: true });
  await options.click();
  const failed = page.getByRole('alert').filter({ hasText: 'could not be opened' });
  await failed.getByRole('button', { name: 'Try again' }).click();
  await failed.waitFor();
  await failed.getByRole('button', { name: 'Close' }).click();
  expect(await page.locator('.turn .answer').first().textContent()).toBe(caption);
  await ask(page, 'find', 'a bike');
  expect(await lastAnswer(page, 2)).toContain('a bike');

  await options.click();
  await failed.waitFor();
  await page.unroute('**/Options-*.js');
  await Promise.all([page.waitForEvent('load'), failed.getByRole('button', { name: 'Load the page again' }).click()]);
  await options.click();
  await page.getByRole('dialog', { name: 'How to ask' }).waitFor();
  expect(await page.locator('.turn').count()).toBe(2);
  await page.context().close();
});

it('a script of the model that fails to come once is fetched again, and the model opens', async () => {
  const page = await visit();
  const asked: string[] = [];
  await page.route('**/tokenizer-*.js', (route) => {
    asked.push(route.request().url());
    return asked.length === 1 ? route.fulfill({ status: 503 }) : route.continue();
  });
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  expect(asked).toHaveLength(2);
  await page.context().close();
});
