import { afterEach, expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { engineReady, lastAnswer, openPage } from './open-page.ts';

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await host?.close();
});

/** Opens a page by a link with the name and the password that its host asks for. */
async function visit(rest: string) {
  host = await servePlainly({ login: 'someone:secret' });
  return openPage(browser, host.url.replace('//', '//someone:secret@') + rest);
}

it('a page behind a login works by a link that has the login in it, is kept for working offline, and keeps the rest of the link', async () => {
  const { page, complaints } = await visit('?backend=wasm&mode=find#here');
  await engineReady(page);
  expect(await lastAnswer(page, 1)).toContain('a bike');
  expect(await page.evaluate(() => document.baseURI)).toBe(`${host.url}?backend=wasm&mode=find#here`);
  await page.getByText('Works offline').waitFor({ timeout: 60_000 });
  expect(complaints).toEqual([]);
});

it.each(['bench.html', 'evaluation.html'])(
  '%s starts by such a link without the login in its address',
  async (name) => {
    const { page, complaints } = await visit(`${name}?runs=1#here`);
    await page.getByRole('button').first().waitFor();
    expect(await page.evaluate(() => document.baseURI)).toBe(`${host.url}${name}?runs=1#here`);
    expect(complaints).toEqual([]);
  },
);
