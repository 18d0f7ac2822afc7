import { expect, it } from 'vitest';
import { isHit, truths } from '../support/demo-scenes.ts';
import { fixture } from '../support/packages.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { ask, engineReady, firstBoxOf, lastAnswer, openPage } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage);

// Of one on WebGPU, first-visit.test.ts asks the same and more.
it('on a first visit on wasm the sample’s caption writes itself, right, with nothing asked of any other origin', async () => {
  const { page, complaints } = await openPage(browser, `${site.url}?backend=wasm`);
  expect(await page.locator('.stage img, .stage canvas').first().isVisible()).toBe(true);
  await engineReady(page);
  const words = await lastAnswer(page, 1);
  expect(await page.locator('html').getAttribute('data-backend')).toBe('wasm');
  for (const thing of ['a bike', 'a castle', 'a flower', 'a turtle']) expect(words).toContain(thing);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it.each(['wasm', 'webgpu'])(
  'a browser without JSPI gets the Asyncify build and the same answer on %s',
  async (backend) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const builds: string[] = [];
    page.on('request', (request) => {
      const build = /(jspi|asyncify)[^/]*\.wasm/.exec(request.url());
      if (build?.[1]) builds.push(build[1]);
    });
    await page.route('**/inference-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `delete WebAssembly.Suspending;\n${await response.text()}` });
    });
    await page.goto(`${site.url}?backend=${backend}`);
    await engineReady(page);
    expect(await lastAnswer(page, 1)).toContain('a turtle');
    expect([...new Set(builds)]).toEqual(['asyncify']);
    await context.close();
  },
);

it('finds the phrases of the sample scenes through the page: recall@1 of at least 97%', async () => {
  const { page, complaints } = await openPage(browser, `${site.url}?backend=wasm`);
  await engineReady(page);
  let hits = 0;
  // Half of the scenes: the others are asked about in milliseconds, without a page (recall.test.ts).
  const scenes = [...new Set(truths.map(({ image }) => image))].filter((_, index) => index % 2 === 0);
  const asked = truths.filter(({ image }) => scenes.includes(image));
  for (const scene of scenes) {
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(fixture(`demo-scenes/${scene}`));
    // The new picture has a conversation of its own, without turns.
    await page.locator(`.filmstrip [aria-current] img[alt*="${scene.replace('.png', '')}"]`).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.turn').length === 0);
    for (const [index, truth] of asked.filter(({ image }) => image === scene).entries()) {
      const phrase = /<phrase> (.*)<\/phrase>/.exec(truth.prompt)?.[1] ?? '';
      await ask(page, 'find', phrase);
      await lastAnswer(page, index + 1);
      if (isHit(await firstBoxOf(page, index), truth)) hits += 1;
    }
  }
  console.log(`recall@1 through the page: ${hits} of ${asked.length} (${((100 * hits) / asked.length).toFixed(1)}%)`);
  expect(hits / asked.length).toBeGreaterThanOrEqual(0.97);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('where a browser keeps nothing, another language is in the address, and only a second press loses what is on the page', async () => {
  const refuse = () => {
    const refused = () => {
      throw new DOMException('Storage is refused.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refused });
    IDBFactory.prototype.open = refused;
  };
  const { page } = await openPage(browser, `${site.url}?backend=wasm`, (fresh) => fresh.addInitScript(refuse));
  await engineReady(page);
  await page.evaluate(() => Object.assign(window, { same: true }));
  await page.locator('.header button.chip').first().click();
  await page.getByLabel('Language').selectOption('Deutsch');
  const reload = page.getByRole('button', { name: 'Load the page again' });
  await reload.waitFor();
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
  await Promise.all([page.waitForEvent('load'), reload.click()]);
  await page.locator('html[lang=de]').waitFor();
  const { searchParams } = new URL(page.url());
  expect(Object.fromEntries(searchParams)).toEqual({ backend: 'wasm', lang: 'de' });
  await page.context().close();
});
