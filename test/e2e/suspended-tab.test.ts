import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { shardName } from '../../src/package/manifest.ts';
import { beforeWorker } from '../support/before-worker.ts';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { busiest, processesOf } from '../support/processes.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { type SlowFiles, slowFiles } from '../support/slow-files.ts';
import { smallPackage } from '../support/small-package.ts';
import { download, expectWhole, loaded, storedFiles } from './download.ts';
import { ask, engineReady, lastAnswer } from './open-page.ts';

/** Seconds for which the system lets nothing of the tab run; `npm run test:soak` waits longer. */
const SUSPENDED = Math.min(90, 3 * Number(process.env.SOAK_TIMES ?? 1));
const PACKAGE = smallPackage([300_000, 400_000, 70_000, 200_000, 150_000]);
const LAST = shardName(5, 5);

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;
let model: SlowFiles;
/** The process of the tab. */
let tab: number;

afterEach(() => host?.close());

/** @param slowly whether the model takes long enough over an answer that there is time to do harm */
async function visit(slowly: boolean): Promise<Page> {
  model = slowFiles(PACKAGE, 150);
  host = await servePlainly({ beside: { package: model.listener } });
  const context = await browser.newContext({ serviceWorkers: slowly ? 'block' : 'allow' });
  if (slowly) await beforeWorker(context, 'slow-tokens.js');
  const page = await context.newPage();
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  await lastAnswer(page, 1);
  await page.evaluate(() => Object.assign(window, { same: true }));
  tab = await busiest((await processesOf(browser)).renderer);
  return page;
}

/** What a system does to a tab it suspends: its process gets no time, its timers, workers and connections with it. */
async function suspend(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  process.kill(tab, 'SIGSTOP');
  try {
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, SUSPENDED * 1000));
  } finally {
    process.kill(tab, 'SIGCONT');
  }
}

const statuses = (page: Page) =>
  page.locator('.turn').evaluateAll((turns) => turns.map((turn) => (turn as HTMLElement).dataset.status));

it(`a tab suspended for ${SUSPENDED} s in mid-answer goes on with the answer, the model and the conversation it had`, async () => {
  const page = await visit(true);
  const [worker] = page.workers();
  await ask(page, 'detail', '');
  await page.locator('.turn[data-status=writing]').waitFor();
  await suspend();
  expect(await statuses(page)).toEqual(['done', 'writing']);
  const answer = await lastAnswer(page, 2);
  expect(await statuses(page)).toEqual(['done', 'done']);
  expect(page.workers()[0], 'the same worker, with the model it had opened').toBe(worker);
  expect(await page.evaluate(() => 'same' in window), 'never loaded again').toBe(true);
  await page.getByRole('button', { name: 'Again' }).last().click();
  expect(await lastAnswer(page, 3)).toBe(answer);
  await page.context().close();
});

it(`a tab suspended for ${SUSPENDED} s in a download, its connections cut meanwhile, goes on with the download`, async () => {
  const page = await visit(false);
  const release = model.hold(LAST);
  await download(page, `${host.url}package/`, 'suspended');
  await expect.poll(() => model.asked, { timeout: 60_000 }).toContain(LAST);
  await suspend(async () => {
    await host.close();
    release();
    host = await servePlainly({ beside: { package: model.listener }, port: host.port });
  });
  expect(await loaded(page)).toBe('done');
  expectWhole(await storedFiles(page, 'suspended'), PACKAGE);
  await page.context().close();
});
