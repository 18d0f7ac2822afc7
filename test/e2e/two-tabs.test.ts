import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { shardName } from '../../src/package/manifest.ts';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { type SlowFiles, slowFiles } from '../support/slow-files.ts';
import { smallPackage } from '../support/small-package.ts';
import { download, expectWhole, loaded, storedFiles } from './download.ts';
import { ask, engineReady, lastAnswer } from './open-page.ts';

const PACKAGE = smallPackage([300_000, 400_000, 70_000, 200_000, 150_000]);
const LAST = shardName(5, 5);

const browser = await browserOfFile(launchQuickly);
let context: BrowserContext;
let host: PlainHost;
let model: SlowFiles;

afterEach(async () => {
  await context?.close();
  await host?.close();
});

async function visit(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  return page;
}

async function twoTabs(): Promise<readonly [Page, Page]> {
  model = slowFiles(PACKAGE, 40);
  host = await servePlainly({ beside: { package: model.listener } });
  context = await browser.newContext();
  const first = await visit();
  await lastAnswer(first, 1);
  return [first, await visit()];
}

/** Names of the weight files that were asked for since the last time. */
const weights = () =>
  model.asked
    .splice(0)
    .filter((name) => name.endsWith('.safetensors'))
    .toSorted();

it('two tabs that get the same model at once fetch it once; when one dies, the other goes on with it', async () => {
  const [one, two] = await twoTabs();
  await download(one, `${host.url}package/`, 'alone');
  expect(await loaded(one)).toBe('done');
  const once = weights();
  for (const page of [one, two]) await download(page, `${host.url}package/`, 'shared');
  expect(await Promise.all([loaded(one), loaded(two)])).toEqual(['done', 'done']);
  expect(weights()).toEqual(once);
  expectWhole(await storedFiles(one, 'shared'), PACKAGE);

  const release = model.hold(LAST);
  await download(one, `${host.url}package/`, 'left');
  await expect.poll(() => model.asked, { timeout: 60_000 }).toContain(LAST);
  await download(two, `${host.url}package/`, 'left');
  await one.close();
  release();
  expect(await loaded(two)).toBe('done');
  expectWhole(await storedFiles(two, 'left'), PACKAGE);
});

it('what is asked in two tabs at once is all there in the next visit', async () => {
  const [one, two] = await twoTabs();
  await ask(one, 'find', 'a bike');
  await ask(two, 'find', 'a castle');
  await Promise.all([lastAnswer(one, 2), lastAnswer(two, 2)]);
  await ask(one, 'find', 'a flower');
  await lastAnswer(one, 3);
  await two.close();
  await one.reload();
  await engineReady(one);
  await one.locator('.turn').nth(3).waitFor();
  const questions = (await one.locator('.turn').allTextContents()).join('\n');
  for (const thing of ['a bike', 'a castle', 'a flower']) expect(questions).toContain(thing);
});

it('questions that wait are answered by the tab in which they were asked, and by that one again when it is loaded anew', async () => {
  host = await servePlainly();
  context = await browser.newContext();
  const one = await context.newPage();
  const manifest = '**/models/demo/manifest.json';
  await one.route(manifest, () => {});
  await one.goto(`${host.url}?backend=wasm`);
  for (const thing of ['a bike', 'a castle']) await ask(one, 'find', thing);
  await one.locator('.turn').nth(1).waitFor();
  const two = await visit();
  // Its own, the caption of the scene, which the other has none of as long as it has no model.
  await lastAnswer(two, 1);
  expect(await two.locator('.turn').count()).toBe(1);
  await one.unroute(manifest);
  await one.reload();
  await lastAnswer(one, 2);
  const questions = (await one.locator('.turn').allTextContents()).join('\n');
  for (const thing of ['a bike', 'a castle']) expect(questions).toContain(thing);
});
