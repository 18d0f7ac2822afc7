import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { type SlowFiles, slowFiles } from '../support/slow-files.ts';
import { smallPackage } from '../support/small-package.ts';
import { download, expectWhole, loaded, storedFiles } from './download.ts';
import { ask, engineReady } from './open-page.ts';

/** `npm run test:soak` kills as often as the issue asks. */
const KILLS = Math.min(30, 3 * Number(process.env.SOAK_TIMES ?? 1));

const PACKAGE = smallPackage([300_000, 400_000, 70_000, 200_000, 150_000]);

const browser = await browserOfFile(launchQuickly);
let context: BrowserContext;
let host: PlainHost;
let model: SlowFiles;

afterEach(async () => {
  await context?.close();
  await host?.close();
});

async function start(): Promise<Page> {
  model = slowFiles(PACKAGE, 40);
  host = await servePlainly({ beside: { package: model.listener } });
  context = await browser.newContext();
  return visit();
}

async function visit(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${host.url}?backend=wasm`);
  return page;
}

/** Ends the tab as lack of memory does: no code of the page runs any more. */
async function kill(page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/** Moments that differ, and are the same in every run. */
function moments(): (below: number) => number {
  let seed = 7;
  return (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Files that the journal of an unfinished download holds for whole. */
function finishedFiles(page: Page, name: string): Promise<readonly string[]> {
  return page.evaluate(async (model) => {
    try {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models');
      const journal = await (await root.getDirectoryHandle(model)).getFileHandle('import.json');
      return Object.keys(JSON.parse(await (await journal.getFile()).text()).finished);
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return [];
      throw thrown;
    }
  }, name);
}

it(`a tab killed ${KILLS} times in downloads: each goes on, and no file that was whole is fetched again`, async () => {
  const random = moments();
  let page = await start();
  let downloads = 0;
  let kept = 0;
  for (let kills = 0; kills < KILLS; ) {
    const name = `model-${downloads}`;
    const finished = await finishedFiles(page, name);
    kept += finished.length;
    model.asked.length = 0;
    await download(page, `${host.url}package/`, name);
    const wanted = 1 + random(10);
    const whole = loaded(page).catch(() => 'killed');
    await Promise.race([whole, expect.poll(() => model.asked.length, { timeout: 60_000 }).toBeGreaterThan(wanted)]);
    await pause(random(80));
    await kill(page);
    kills += 1;
    for (const file of finished) expect(model.asked, 'fetched again').not.toContain(file);
    page = await visit();
    if (!('manifest.json' in (await storedFiles(page, name)))) continue;
    expectWhole(await storedFiles(page, name), PACKAGE);
    downloads += 1;
  }
  const last = `model-${downloads}`;
  await download(page, `${host.url}package/`, last);
  expect(await loaded(page)).toBe('done');
  expectWhole(await storedFiles(page, last), PACKAGE);
  console.log(`${KILLS} tabs killed in downloads, ${downloads + 1} downloads whole, ${kept} files not fetched again`);
});

interface ShownTurn {
  readonly id: string | undefined;
  readonly status: string | undefined;
  readonly question: string;
  readonly answer: string;
}

function turns(page: Page): Promise<readonly ShownTurn[]> {
  return page.locator('.turn').evaluateAll((shown) =>
    shown.map((turn) => {
      const { turn: id, status } = (turn as HTMLElement).dataset;
      const text = (selector: string) => turn.querySelector(selector)?.textContent ?? '';
      return { id, status, question: text('.question'), answer: text('.answer') };
    }),
  );
}

/** Waits until the newest of so many turns is over. */
async function over(page: Page, count: number): Promise<void> {
  await expect
    .poll(async () => (await turns(page)).map(({ status }) => /done|stopped/.test(status ?? '')), { timeout: 120_000 })
    .toEqual(Array.from({ length: count }, () => true));
}

/** Ids of the turns that the browser has on its disk. */
function keptTurns(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const request = indexedDB.open('kosmos2-conversations');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const keys = request.result.transaction('turns').objectStore('turns').getAllKeys();
          keys.onsuccess = () => {
            request.result.close();
            resolve(keys.result as string[]);
          };
        };
      }),
  );
}

it(`a tab killed ${KILLS} times in answers: the conversation is whole each time, and goes on`, async () => {
  const random = moments();
  let page = await start();
  await engineReady(page);
  await over(page, 1);
  let stopped = 0;
  for (let kills = 0; kills < KILLS; kills++) {
    const before = await turns(page);
    await ask(page, 'detail', '');
    await expect.poll(async () => (await keptTurns(page)).length, { timeout: 60_000 }).toBe(before.length + 1);
    await pause(random(400));
    await kill(page);
    page = await visit();
    await engineReady(page);
    await over(page, before.length + 1);
    const after = await turns(page);
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)?.question).not.toBe('');
    if (after.at(-1)?.status === 'stopped') stopped += 1;
  }
  console.log(`${KILLS} tabs killed in answers, ${stopped} of them before the answer was whole; nothing else was lost`);
});

it('a tab killed while it opens a stored model: the next begins with the demo model and says why, one loaded again does not', async () => {
  const first = await start();
  await engineReady(first);
  await download(first, `${host.url}models/demo/`, 'demo');
  expect(await loaded(first)).toBe('done');
  await first.evaluate(() => {
    localStorage.setItem('kosmos2-model', 'stored:demo');
    // Whoever opens the model waits for this.
    void navigator.locks.request('kosmos2-model-demo', () => new Promise(() => undefined));
  });
  const opening = (page: Page, windows = 1) =>
    page.waitForFunction(
      (count) => Object.keys(localStorage).filter((key) => key.startsWith('kosmos2-opening')).length === count,
      windows,
      { polling: 'raf' },
    );
  const second = await visit();
  await opening(second);
  await second.reload();
  await opening(second);
  expect(await second.locator('.notice').allTextContents()).toEqual([]);

  // One more window that opens it, and is left meanwhile, takes nothing of what the first has noted.
  const other = await visit();
  await opening(other, 2);
  await other.goto('about:blank');
  await other.close();
  await opening(second);

  await kill(second);
  const third = await visit();
  await third.locator('.notice').getByText('ended while it opened the model “demo”').waitFor();
  await engineReady(third);
  expect(await third.evaluate(() => localStorage.getItem('kosmos2-model'))).toBe('demo');
});
