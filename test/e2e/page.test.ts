import { describe, expect, it } from 'vitest';
import { isHit, truths } from '../support/demo-scenes.ts';
import { fixture } from '../support/packages.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { ask, engineReady, firstBoxOf, lastAnswer, openPage } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage);

describe.each(['wasm', 'webgpu'])('a first visit on %s', (backend) => {
  it('the sample’s caption writes itself, right, with nothing asked of any other origin', async () => {
    const { page, complaints } = await openPage(browser, `${site.url}?backend=${backend}`);
    expect(await page.locator('.stage img, .stage canvas').first().isVisible()).toBe(true);
    await engineReady(page);
    const words = await lastAnswer(page, 1);
    expect(await page.locator('html').getAttribute('data-backend')).toBe(backend);
    for (const thing of ['a bike', 'a castle', 'a flower', 'a turtle']) expect(words).toContain(thing);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
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
  for (const scene of [...new Set(truths.map(({ image }) => image))]) {
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(fixture(`demo-scenes/${scene}`));
    // The new picture has a conversation of its own, without turns.
    await page.waitForFunction(() => document.querySelectorAll('.turn').length === 0);
    for (const [index, truth] of truths.filter(({ image }) => image === scene).entries()) {
      const phrase = /<phrase> (.*)<\/phrase>/.exec(truth.prompt)?.[1] ?? '';
      await ask(page, 'find', phrase);
      await lastAnswer(page, index + 1);
      if (isHit(await firstBoxOf(page, index), truth)) hits += 1;
    }
  }
  console.log(`recall@1 through the page: ${hits} of ${truths.length} (${((100 * hits) / truths.length).toFixed(1)}%)`);
  expect(hits / truths.length).toBeGreaterThanOrEqual(0.97);
  expect(complaints).toEqual([]);
  await page.context().close();
});
