import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { type HubServer, startHubServer } from '../support/hub-server.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { readFolder } from '../unit/package/memory-files.ts';
import { ask, engineReady, lastAnswer } from './open-page.ts';

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;
let hub: HubServer;
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await Promise.all([host?.close(), hub?.close()]);
});

/** What lies before the weights in a file of them, and is read to look at the model. */
const HEADER_BYTES = 100_000;

/** A page whose fetches of weights wait, from the fourth on, until they are let through. */
async function visit(): Promise<{ page: Page; letThrough: () => void }> {
  host = await servePlainly();
  hub = await startHubServer({ files: await readFolder('test/fixtures/demo-model') });
  // The service worker would hand the importer a policy that allows no hub without https.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  let letThrough = () => {};
  const through = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let asked = 0;
  await context.route(/\/resolve\/.*\.safetensors$/, async (route) => {
    const [, start = '0'] = /^bytes=(\d+)-/.exec(route.request().headers().range ?? '') ?? [];
    if (Number(start) > HEADER_BYTES && ++asked > 3) await through;
    await route.continue().catch(() => undefined);
  });
  const page = await context.newPage();
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  return { page, letThrough };
}

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Get the full KOSMOS-2' }).click();
  const dialog = page.locator('.dialog');
  for (const told of ['6.66 GB', '1.17 GB, best answers', 'Free here']) await dialog.getByText(told).waitFor();
  await dialog.getByText('Another source').click();
  await dialog.getByLabel('Repository').fill('hf:test/kosmos-2');
  await dialog.getByLabel('Mirror of the hub').fill(hub.endpoint);
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await dialog.getByText(`hf:test/kosmos-2, ${hub.endpoint}`, { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Download and prepare' }).waitFor();
}

it('the full model is told with its cost, got, paused, gone on with, opened, and answers', async () => {
  const { page, letThrough } = await visit();
  const dialog = page.locator('.dialog');
  await fillIn(page);
  await dialog.getByText('10 MB', { exact: true }).waitFor();
  expect(hub.blobRequests.filter(({ headers }) => !headers.range)).toEqual([]);

  await dialog.getByRole('button', { name: 'Download and prepare' }).click();
  await dialog.getByText('Fetching and packing').waitFor();
  expect(await dialog.locator('.recorded .phrase').allTextContents()).toEqual(['a snowman1', 'a fire2']);
  await dialog.getByRole('button', { name: 'Close' }).click();
  const chip = page.locator('.transfer-chip');
  await chip.getByText(/KOSMOS-2: \d+%/).waitFor();

  await chip.click();
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await dialog.getByText('Paused', { exact: true }).waitFor();
  letThrough();
  await dialog.getByRole('button', { name: 'Resume' }).click();
  await page.locator('.header .chip strong').getByText('kosmos-2', { exact: true }).waitFor();
  const turns = await page.locator('.turn').count();
  await ask(page, 'describe', '');
  expect(await lastAnswer(page, turns + 1)).toContain('a bike');
  expect(await page.evaluate(() => localStorage.getItem('kosmos2-model'))).toBe('stored:kosmos-2');
});

it('what the hub refuses without a token goes on with one, by the keyboard', async () => {
  const { page, letThrough } = await visit();
  letThrough();
  const dialog = page.locator('.dialog');
  await fillIn(page);
  hub.askFor('hf_secret');
  await dialog.getByRole('button', { name: 'Download and prepare' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/needs an access token/)
    .waitFor();
  await dialog.getByLabel('Access token').fill('hf_wrong');
  await page.keyboard.press('Enter');
  await dialog
    .getByRole('alert')
    .getByText(/refuses the access token/)
    .waitFor();
  await dialog.getByLabel('Access token').fill('hf_secret');
  await page.keyboard.press('Enter');
  await page.locator('.header .chip strong').getByText('kosmos-2', { exact: true }).waitFor();
});

it('what was cancelled is deleted after a question, and nothing of it is left', async () => {
  const { page, letThrough } = await visit();
  const dialog = page.locator('.dialog');
  await fillIn(page);
  await dialog.getByRole('button', { name: 'Download and prepare' }).click();
  await dialog.getByText('Fetching and packing').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  letThrough();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByRole('button', { name: 'Download and prepare' }).waitFor();
  expect(
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const models = await root.getDirectoryHandle('kosmos2-models');
      const names: string[] = [];
      if (models)
        for await (const name of (models as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
      return names;
    }),
  ).toEqual([]);
});

it('a link that names no usable model says so', async () => {
  host = await servePlainly();
  const page = await browser.newPage();
  await page.goto(`${host.url}?backend=wasm&model=ftp://models.example/`);
  await page
    .locator('.notice')
    .getByText(/names no model: "ftp:\/\/models\.example\/" is neither/)
    .waitFor();
});
