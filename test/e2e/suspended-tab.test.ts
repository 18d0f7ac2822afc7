import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { busiest, processesOf } from '../support/processes.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { type SlowFiles, slowFiles } from '../support/slow-files.ts';
import { smallPackage } from '../support/small-package.ts';
import { download, expectWhole, loaded, storedFiles } from './download.ts';
import { engineReady, lastAnswer } from './open-page.ts';

/** Seconds for which the system lets nothing of the tab run; `npm run test:soak` waits longer. */
const SUSPENDED = Math.min(90, 3 * Number(process.env.SOAK_TIMES ?? 1));
const PACKAGE = smallPackage([300_000, 400_000, 70_000, 200_000, 150_000]);

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;
let model: SlowFiles;

afterEach(() => host?.close());

async function visit(): Promise<Page> {
  model = slowFiles(PACKAGE, 150);
  host = await servePlainly({ beside: { package: model.listener } });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  await lastAnswer(page, 1);
  await page.evaluate(() => Object.assign(window, { same: true }));
  return page;
}

/** What a system does to a tab it suspends: its process gets no time, its timers, workers and connections with it. */
async function suspend(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  const pid = await busiest((await processesOf(browser)).renderer);
  process.kill(pid, 'SIGSTOP');
  try {
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, SUSPENDED * 1000));
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

const statuses = (page: Page) =>
  page.locator('.turn').evaluateAll((turns) => turns.map((turn) => (turn as HTMLElement).dataset.status));

it(`a tab suspended for ${SUSPENDED} s in mid-answer goes on with the answer, the model and the conversation it had`, async () => {
  const page = await visit();
  const [worker] = page.workers();
  const field = page.locator('#composer-field');
  await page.locator('input[name=mode][value=detail]').check({ force: true });
  // In one turn of the page's clock: an answer takes a fifth of a second.
  const asked = field.press('Enter');
  await page.waitForFunction(
    () => /reading|writing/.test(document.querySelector<HTMLElement>('.turn:last-of-type')?.dataset.status ?? ''),
    null,
    { polling: 1 },
  );
  await suspend();
  await asked;
  const answer = await lastAnswer(page, 2);
  expect(await statuses(page)).toEqual(['done', 'done']);
  expect(page.workers()[0], 'the same worker, with the model it had opened').toBe(worker);
  expect(await page.evaluate(() => 'same' in window), 'never loaded again').toBe(true);
  await page.getByRole('button', { name: 'Again' }).last().click();
  expect(await lastAnswer(page, 3)).toBe(answer);
  await page.context().close();
});

it(`a tab suspended for ${SUSPENDED} s in a download, its connections cut meanwhile, goes on with the download`, async () => {
  const page = await visit();
  await download(page, `${host.url}package/`, 'suspended');
  await expect.poll(() => model.asked.length, { timeout: 60_000 }).toBeGreaterThan(4);
  await suspend(async () => {
    await host.close();
    host = await servePlainly({ beside: { package: model.listener }, port: host.port });
  });
  expect(await loaded(page)).toBe('done');
  expectWhole(await storedFiles(page, 'suspended'), PACKAGE);
  await page.context().close();
});
