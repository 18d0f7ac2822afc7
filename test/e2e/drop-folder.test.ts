import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { fixture } from '../support/packages.ts';
import { type Site, serveBuiltPage } from '../support/serve.ts';
import { ask, engineReady, lastAnswer, openDialog, openPage } from './open-page.ts';

let site: Site;
let browser: Browser;
let page: Page;
let session: CDPSession;
let folder: string;

beforeAll(async () => {
  site = await serveBuiltPage();
  browser = await launchQuickly();
  ({ page } = await openPage(browser, `${site.url}?backend=wasm`));
  session = await page.context().newCDPSession(page);
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-drop-'));
  await engineReady(page);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const held = (path: string) => ({ x: 400, y: 300, data: { items: [], files: [path], dragOperationsMask: 1 } });

/** Drags a folder of the disk over the page and lets go, as a person does: the browser itself hands it to the page. */
async function dropFolder(path: string): Promise<void> {
  const at = held(path);
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
  // Told again and again, as by a browser: the first may come before a dialog is quite closed.
  const isOver = async () => {
    await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
    return page.locator('.drop').isVisible();
  };
  await expect.poll(isOver).toBe(true);
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
}

it('a dropped folder of pictures opens its pictures, and nothing is said of what else lies in it', async () => {
  const pictures = join(folder, 'pictures');
  await mkdir(join(pictures, 'inner'), { recursive: true });
  await cp('public/samples/two-pigs.png', join(pictures, 'pigs.png'));
  await cp('public/samples/bike-turtle.png', join(pictures, 'bike.png'));
  await writeFile(join(pictures, 'notes.txt'), 'no picture');
  const thumbs = await page.locator('.thumb').count();
  await dropFolder(pictures);
  await expect.poll(() => page.locator('.thumb').count()).toBe(thumbs + 2);
  // By the time a question is answered everything is said.
  await ask(page, 'describe', '');
  await lastAnswer(page, 1);
  expect(await page.locator('.notice').count()).toBe(0);
});

it('a dropped folder with a checkpoint is told with its cost, packed, opened, answers, and is no other of its name', async () => {
  const checkpoint = join(folder, 'my-kosmos');
  await cp(fixture('demo-model'), checkpoint, { recursive: true });
  await dropFolder(checkpoint);
  const dialog = page.locator('.dialog');
  await dialog.getByText('my-kosmos', { exact: true }).first().waitFor();
  await dialog.getByText('About 1 s to pack it.').waitFor();
  await dialog.getByRole('button', { name: 'Prepare' }).click();
  await page.locator('.header .chip strong').getByText('my-kosmos', { exact: true }).waitFor();
  const turns = await page.locator('.turn').count();
  await ask(page, 'describe', '');
  expect(await lastAnswer(page, turns + 1)).toMatch(/pig|bike/);

  await dropFolder(checkpoint);
  await dialog.getByText('It is stored in this browser already.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  const other = join(folder, 'elsewhere', 'my-kosmos');
  await cp(fixture('demo-model'), other, { recursive: true });
  await dropFolder(other);
  await dialog.getByRole('button', { name: 'Prepare' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();

  // On the list of models it is meant for that.
  await openDialog(page, 'Models…');
  await dialog.getByLabel('Address of a model').waitFor();
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...held(checkpoint) });
  await dialog.getByText('It is stored in this browser already.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
});

it('a dropped folder that cannot be read, that holds nothing, or too much, is told by its name', async () => {
  const notice = page.locator('.notice').last();
  const empty = join(folder, 'empty');
  await mkdir(empty);
  await dropFolder(empty);
  await notice.getByText('“empty” holds neither a model (config.json) nor a picture.').waitFor();

  const many = join(folder, 'many');
  await mkdir(many);
  await Promise.all(Array.from({ length: 1001 }, (_, i) => writeFile(join(many, `${i}.png`), '')));
  await dropFolder(many);
  await notice.getByText('“many” has more than 1000 files').waitFor();

  // A test may run as root, who reads everything.
  await page.evaluate(() => {
    const { webkitGetAsEntry } = DataTransferItem.prototype;
    DataTransferItem.prototype.webkitGetAsEntry = function () {
      const entry = webkitGetAsEntry.call(this) as FileSystemDirectoryEntry;
      const reader = Object.getPrototypeOf(entry.createReader()) as FileSystemDirectoryReader;
      reader.readEntries = (_, reject) => reject?.(new DOMException('permission denied', 'NotReadableError'));
      return entry;
    };
  });
  await dropFolder(empty);
  await notice.getByText('“empty” could not be read (permission denied).').waitFor();
  expect(await page.locator('.dialog').count()).toBe(0);
});
