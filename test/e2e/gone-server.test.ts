import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { fixture } from '../support/packages.ts';
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

/** Asks which of two answers is the likelier. */
async function choose(page: Page, words: string, choices: readonly string[]): Promise<void> {
  await page.locator('.mode-more').click();
  await page.getByRole('menuitemradio', { name: 'Choose' }).click();
  await page.locator('.extra-field').fill(choices.join('\n'));
  await page.locator('#composer-field').fill(words);
  await page.locator('#composer-field').press('Enter');
}

it('a page that nothing keeps goes on whole when its server is gone', async () => {
  const page = await visit();
  // The last of the page's own late parts, and that of its worker.
  const fetched = [/\/StoredModels-.*\.js$/, /\/score-.*\.js$/].map((part) => page.waitForResponse(part));
  await Promise.all([...fetched, page.goto(`${host.url}?backend=wasm`)]);
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
  await choose(page, 'What is it?', ['a dog', 'a turtle']);
  await page.locator('.turn[data-status=done]').nth(2).waitFor();
  const pictures = page.locator('.filmstrip img');
  const before = await pictures.count();
  await page.locator('input[type=file]').first().setInputFiles(fixture('demo-scenes/scene-00.png'));
  await pictures.nth(before).waitFor();
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

it('a question whose part of the page cannot be fetched is answered by what to do', async () => {
  const page = await visit();
  await page.route('**/answer-in-parts-*.js', (route) => route.abort());
  await page.goto(`${host.url}?backend=wasm`);
  await lastAnswer(page, 1);
  await choose(page, 'What is it?', ['a dog', 'a turtle']);
  const sentence = 'A part of the page could not be fetched. Check the connection, then load the page again.';
  await page.locator('.turn[data-status=failed]').getByText(sentence).waitFor();
  await page.context().close();
});

it('a model that is lost shows that it starts again, and that it could not where its server is gone', async () => {
  const page = await visit();
  await page.goto(`${host.url}?backend=wasm`);
  await engineReady(page);
  await lastAnswer(page, 1);
  await page.evaluate(() => {
    const { dataset } = document.documentElement;
    const note = () => {
      dataset.phases = `${dataset.phases ?? ''} ${dataset.engine}`;
    };
    new MutationObserver(note).observe(document.documentElement, { attributeFilter: ['data-engine'] });
  });
  const loseModel = async () => {
    const worker = page.workers().find((one) => one.url().includes('inference'));
    await Promise.all([worker?.waitForEvent('close'), worker?.evaluate('close()').catch(() => undefined)]);
  };
  await loseModel();
  await ask(page, 'find', 'a bike');
  expect(await lastAnswer(page, 2)).toContain('a bike');
  expect(await page.evaluate(() => document.documentElement.dataset.phases)).toContain('loading');
  await host.close();
  await loseModel();
  await ask(page, 'find', 'a bike');
  const sentence = 'The part of the page that runs the model could not be fetched or started.';
  await page.locator('.panel.bad').getByText(sentence).waitFor();
  await page.context().close();
});

it.each(['open-engine', 'tokenizer'])(
  'the script %s that fails to come once is fetched again, and the model opens',
  async (script) => {
    const page = await visit();
    const asked: string[] = [];
    await page.route(`**/${script}-*.js`, (route) => {
      asked.push(route.request().url());
      return asked.length === 1 ? route.fulfill({ status: 503 }) : route.continue();
    });
    await page.goto(`${host.url}?backend=wasm`);
    await engineReady(page);
    expect(asked).toHaveLength(2);
    await page.context().close();
  },
);

it('a script of the model that is there no more, as after a release, is followed by loading the page again', async () => {
  const page = await visit();
  await page.route('**/serve-*.js', (route) => route.fulfill({ status: 404 }));
  await page.goto(`${host.url}?backend=wasm`);
  const panel = page.locator('.panel.bad');
  await panel.getByText('if that does not help, load the page again').waitFor();
  await page.unroute('**/serve-*.js');
  await panel.getByRole('button', { name: 'Load the page again' }).click();
  await engineReady(page);
  await page.context().close();
});

it.each(['index.html', 'bench.html', 'evaluation.html'])(
  'in %s, whose script does not come, a sentence says so after a while, and its link loads the page',
  async (name) => {
    host = await servePlainly();
    const context = await browser.newContext({ serviceWorkers: 'block', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }));
    await page.goto(host.url + name);
    const sentence = page.getByText('The page has not started yet.');
    expect(await sentence.isVisible()).toBe(false);
    const wait = await page.evaluate(() => {
      const [shown] = document.getAnimations();
      shown?.finish();
      return shown?.effect?.getTiming().delay;
    });
    expect(wait).toBe(15_000);
    await sentence.waitFor();
    await page.unroute('**/assets/*.js');
    await page.getByRole('link', { name: 'load it again' }).click();
    await page.locator('h1').waitFor();
    await sentence.waitFor({ state: 'detached' });
    await context.close();
  },
);
