import type { Browser, Page } from 'playwright-core';
import type { UnitBox } from '../../src/kosmos2/box.ts';

/** The built page in a browser of its own, as a test uses it. */
export interface OpenPage {
  readonly page: Page;
  /** What the page wrote as errors, and requests to other origins than its own. */
  readonly complaints: readonly string[];
}

/** Opens the page in a fresh profile, in which `prepare` was done before, and notes everything it should not do. */
export async function openPage(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin) complaints.push(`asked ${origin}`);
  });
  await prepare(page);
  await page.goto(url);
  return { page, complaints };
}

/** Waits until the model is there. */
export async function engineReady(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'ready', null, { timeout: 240_000 });
}

/** Words of the last answer, once it is finished. */
export async function lastAnswer(page: Page, turns: number): Promise<string> {
  const turn = page.locator('.turn').nth(turns - 1);
  await page.waitForFunction(
    (count) =>
      /done|failed/.test([...document.querySelectorAll<HTMLElement>('.turn')][count - 1]?.dataset.status ?? ''),
    turns,
    { timeout: 240_000, polling: 20 },
  );
  return (await turn.locator('.answer').textContent()) ?? '';
}

/** Opens a dialog by its button among the model's details, e.g. `Diagnostics…`. */
export async function openDialog(page: Page, name: string): Promise<void> {
  await page.locator('.header button.chip').first().click();
  await page.getByRole('button', { name }).click();
}

/** What the open diagnostics say of something, e.g. `graph capture`. */
export function fact(page: Page, name: string): Promise<string | null> {
  return page.locator(`.facts div:has(dt:text-is("${name}")) dd`).textContent();
}

/** Asks in a mode of the composer. */
export async function ask(page: Page, mode: string, words: string): Promise<void> {
  await page.locator(`input[name=mode][value=${mode}]`).check({ force: true });
  if (words) await page.locator('#composer-field').fill(words);
  await page.locator('#composer-field').press('Enter');
}

/** First box of the newest turn, as the page's list of boxes tells it; undefined where it found none. */
export async function firstBoxOf(page: Page, turnIndex: number): Promise<UnitBox | undefined> {
  const text = await page.evaluate((index) => {
    const turn = [...document.querySelectorAll<HTMLElement>('.turn')][index]?.dataset.turn;
    return document.querySelector<HTMLElement>(`.box-list li[data-turn="${turn}"]`)?.dataset.box;
  }, turnIndex);
  return text?.split(',').map(Number) as unknown as UnitBox | undefined;
}
