import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFirefox } from '../support/firefox.ts';
import { type OtherBrowser, until } from '../support/other-browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { openWebKit } from '../support/webkit.ts';
import { CAPTION, OtherPage } from './other-page.ts';

const { FIREFOX_PATH, WEBKIT_DRIVER, WEBKIT_BROWSER, WEBKIT_DISPLAY } = process.env;

const openers: readonly (readonly [string, false | (() => Promise<OtherBrowser>)])[] = [
  ['Firefox', !!FIREFOX_PATH && (() => openFirefox(FIREFOX_PATH))],
  [
    'WebKit',
    !!(WEBKIT_DRIVER && WEBKIT_BROWSER && WEBKIT_DISPLAY) &&
      (() => openWebKit({ driver: WEBKIT_DRIVER, browser: WEBKIT_BROWSER, display: WEBKIT_DISPLAY })),
  ],
];
/** Those that are here; scripts/other-browsers.mjs says which are not. */
const BROWSERS = openers.flatMap(([name, open]) => (open ? [[name, open] as const] : []));
if (BROWSERS.length === 0)
  throw new Error('There is no other browser: run `npm test -- others`, which finds or installs them.');

describe.each(BROWSERS)('in %s', (_, open) => {
  let page: OtherPage;
  let host: PlainHost;

  beforeAll(async () => {
    host = await servePlainly();
    page = new OtherPage(await open());
  });

  afterAll(async () => {
    await page?.browser.close();
    await host?.close();
  });

  it('a first visit describes the picture, and a search finds a thing in it', async () => {
    await page.visit(host);
    expect(await page.answers(1)).toEqual([CAPTION]);
    expect(await page.boxes()).toBe(4);
    await page.find('a turtle');
    expect(await page.answers(2)).toEqual([CAPTION, 'a turtle']);
    expect(await page.faults()).toEqual([]);
  });

  it('a picture of one’s own and what was asked about it are there after the next visit, which needs no server', async () => {
    const picture = readFileSync(new URL('../../public/samples/two-pigs.png', import.meta.url));
    await page.choose('my pigs.png', picture);
    await until(page.browser, `document.querySelectorAll('.filmstrip img').length === 6`);
    await page.find('pigs');
    expect(await page.answers(1)).toEqual(['pigs']);
    expect(await page.boxes()).toBe(2);
    await until(page.browser, `document.body.innerText.includes('Works offline')`);
    expect(await page.faults()).toEqual([]);

    await host.close();
    await page.visit(host);
    expect(await page.answers(1)).toEqual(['pigs']);
    expect(await page.boxes()).toBe(2);
    await page.find('a butterfly');
    expect(await page.answers(2)).toEqual(['pigs', 'a butterfly']);
    expect(await page.faults()).toEqual([]);
    host = await servePlainly({ port: host.port });
  });

  it('the bench runs to its end', async () => {
    const { browser } = page;
    const button = `[...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'Run the bench')`;
    await browser.goto(`${host.url}bench.html`);
    await until(browser, `!!${button}`);
    await browser.run(`(${button}.click(), true)`);
    const said = (words: string) => `document.body.innerText.includes('${words}')`;
    await until(browser, `${said('A word after 256 others')} && !${said('Stop')}`);
  });
});
