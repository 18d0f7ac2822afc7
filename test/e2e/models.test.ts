import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { shardName } from '../../src/package/manifest.ts';
import { launchProfile, launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { slowFiles } from '../support/slow-files.ts';
import { smallPackage } from '../support/small-package.ts';
import { download, expectWhole, loaded, storedFiles } from './download.ts';
import { engineReady, lastAnswer, openDialog, openPage } from './open-page.ts';

const PACKAGE = smallPackage([3_000_000, 4_000_000, 3_000_000, 2_000_000]);

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await host?.close();
});

async function visit(): Promise<Page> {
  host = await servePlainly();
  const { page } = await openPage(browser, `${host.url}?backend=wasm`);
  await engineReady(page);
  return page;
}

/** Stores the demo model under another name, as a person would: by its address. */
async function getModel(page: Page): Promise<void> {
  await openDialog(page, 'Models…');
  await page.getByLabel('Address of a model').fill(`${host.url}models/demo/`);
  await page.getByRole('button', { name: 'Get', exact: true }).click();
  await page.getByRole('button', { name: /^Get (and open|it anyway)$/ }).click();
}

/** Runs from memory what could not be stored. */
async function openUnstored(page: Page, panel = '.getting'): Promise<void> {
  const loading = page.waitForFunction(() => document.documentElement.dataset.engine === 'loading', null, {
    polling: 'raf',
  });
  await page.locator(panel).getByRole('button', { name: 'Open without storing' }).click();
  await loading;
  await page.locator('.dialog').waitFor({ state: 'detached' });
  await engineReady(page);
}

/** The row of the stored model; the first one is of the model that comes with the page. */
const stored = (page: Page) => page.locator('.models li').nth(1);

it('a model is got, checked, used, still there without a server, and gone when it is deleted', async () => {
  const page = await visit();
  await getModel(page);
  await page.locator('.dialog').waitFor({ state: 'detached' });
  await engineReady(page);
  await openDialog(page, 'Models…');
  const row = stored(page);
  await row.getByRole('button', { name: 'Check' }).click();
  await row.getByText('Every byte is right.').waitFor();
  // It was opened when it was there; the way back is the row above.
  expect(await row.getByRole('button', { name: 'In use' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await engineReady(page);
  await openDialog(page, 'Models…');
  await row.getByRole('button', { name: 'Use', exact: true }).click();
  await engineReady(page);
  await page.getByText('Works offline').waitFor({ state: 'attached' });
  await host.close();
  await page.reload();
  await engineReady(page);
  expect(await lastAnswer(page, 1)).toContain('a bike');

  await page.getByText('Works offline').waitFor({ state: 'attached' });
  await openDialog(page, 'Diagnostics…');
  const facts = page.locator('.dialog .facts');
  await page.locator('.dialog').getByText('models', { exact: true }).waitFor();
  const text = (await facts.allTextContents()).join(' ');
  expect(text).toMatch(/works offlineyes/);
  expect(text).toMatch(/modelsdemo \(/);
  expect(text).toMatch(/wasm, CPU, \d threads?, f32, jspipassed|resultnone yet/);
  expect(text).toMatch(/errors?|lastnone/i);
  await page.keyboard.press('Escape');

  await openDialog(page, 'Models…');
  await row.getByRole('button', { name: 'Delete' }).click();
  await row.getByRole('group').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('None is stored yet.').waitFor();
  expect(await page.evaluate(() => localStorage.getItem('kosmos2-model'))).toBeNull();
  await page.reload();
  await engineReady(page);
  expect(await page.locator('.notice').allTextContents()).toEqual([]);
});

it('a full disk is told with what is missing before anything is fetched, or when it fills up meanwhile; the model runs from memory', async () => {
  // Only a profile on the disk counts what models take; windows of a test are private ones.
  const profile = await mkdtemp(join(tmpdir(), 'kosmos2-profile-'));
  const slow = slowFiles(PACKAGE, 60);
  host = await servePlainly({ beside: { slow: slow.listener } });
  const context = await launchProfile(profile);
  try {
    const page = await context.newPage();
    await page.goto(`${host.url}?backend=wasm`);
    await engineReady(page);
    await page.getByText('Works offline').waitFor({ state: 'attached' });
    const session = await context.newCDPSession(page);
    const { origin } = new URL(host.url);
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 3_000_000 });
    host.asked.length = 0;
    await getModel(page);
    const told = page.locator('.getting [role=alert]');
    await expect.poll(() => told.textContent()).toMatch(/needs \d+ MB of storage and \d+ MB are missing/);
    expect(host.asked.filter((name) => name.endsWith('.safetensors'))).toEqual([]);
    expect(await page.locator('html').getAttribute('data-engine')).toBe('ready');
    await openUnstored(page);

    // Room that is there when it is looked for, and taken by others while the model comes.
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 30_000_000 });
    const release = slow.hold(shardName(4, 4));
    await download(page, `${host.url}slow/`, 'slow');
    await expect.poll(() => slow.asked, { timeout: 60_000 }).toContain(shardName(4, 4));
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage });
    release();
    expect(await loaded(page)).toMatch(/There is no room for .*what is there stays/);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await download(page, `${host.url}slow/`, 'slow');
    expect(await loaded(page)).toBe('done');
    expectWhole(await storedFiles(page, 'slow'), PACKAGE);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});

it('a window without a file system says so, and the model works on', async () => {
  host = await servePlainly();
  const context = await browser.newContext();
  const page = await context.newPage();
  await context.route(/assets\/importer-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const none = 'Object.defineProperty(navigator.storage,"getDirectory",{value:undefined});';
    await route.fulfill({ response, body: none + (await response.text()) });
  });
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  await openDialog(page, 'Models…');
  await page.getByRole('alert').getByText('works from memory').waitFor();
  await page.getByLabel('Address of a model').fill(`${host.url}models/demo/`);
  await page.getByRole('button', { name: 'Get', exact: true }).click();
  expect(await page.getByRole('button', { name: 'Get and open' }).isDisabled()).toBe(true);
  await openUnstored(page, '.before-getting');
});

it('a browser that clears everything it stored between two visits: the page says what is gone and works', async () => {
  const page = await visit();
  await page.getByText('Works offline').waitFor({ state: 'attached' });
  await getModel(page);
  await page.locator('.dialog').waitFor({ state: 'detached' });
  await engineReady(page);
  expect(await page.evaluate(() => localStorage.getItem('kosmos2-model'))).toBe('stored:demo');
  const session = await page.context().newCDPSession(page);
  await page.goto('about:blank');
  const { origin } = new URL(host.url);
  // What browsers evict; local storage, which holds the choice of the model, they leave.
  const storageTypes = 'file_systems,indexeddb,cache_storage,service_workers';
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await page.goto(`${host.url}?backend=wasm`);
  await page.locator('.notice').getByText('cleared').waitFor({ timeout: 60_000 });
  await engineReady(page);
  expect(await page.evaluate(() => localStorage.getItem('kosmos2-model'))).toBeNull();
  expect(await lastAnswer(page, 1)).toContain('a bike');
  await page.getByText('Works offline').waitFor({ state: 'attached' });
});
