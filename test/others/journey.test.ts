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

  it('what a region is drawn around is named, and all boxes are saved as COCO, in pixels', async () => {
    await page.browser.drag('img.picture', [0.05, 0.08], [0.45, 0.5]);
    await page.press('What is this?');
    expect((await page.answers(3))[2]).toMatch(/bike/);
    await page.press('Export');
    const coco = JSON.parse(await page.saved('COCO')) as {
      images: readonly { width: number; height: number }[];
      categories: readonly { id: number; name: string }[];
      annotations: readonly { category_id: number; bbox: readonly number[] }[];
    };
    expect(coco.images).toMatchObject([{ width: 853, height: 640 }]);
    const turtle = coco.categories.find(({ name }) => /turtle/.test(name));
    const boxes = coco.annotations.filter(({ category_id }) => category_id === turtle?.id);
    expect(boxes.length).toBeGreaterThan(0);
    for (const { bbox } of boxes) {
      const [left = 0, top = 0, width = 0, height = 0] = bbox;
      const shares = [left / 853, top / 640, (left + width) / 853, (top + height) / 640];
      for (const [side, wanted] of [0.58, 0.32, 0.89, 0.56].entries()) expect(shares[side]).toBeCloseTo(wanted, 1);
    }
    expect(await page.faults()).toEqual([]);
    await page.browser.click('.dialog .close');
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

  it('an evaluation of drawn scenes finds nearly every phrase', async () => {
    const { browser } = page;
    await browser.goto(`${host.url}evaluation.html`);
    await until(browser, `!!document.querySelector('input[type=number]')`);
    await browser.click('input[type=number]');
    await browser.run(`(document.activeElement.select(), true)`);
    await browser.type('12');
    await page.press('Compose scenes');
    await until(browser, `document.body.innerText.includes('12 samples to ask about')`);
    await page.press('Run');
    await until(browser, `document.documentElement.dataset.evaluation === 'done'`);
    const recall = await browser.run<string>(`[...document.querySelectorAll('.figures tr')]
      .find((row) => row.querySelector('th')?.textContent === 'recall@1').querySelector('td').textContent`);
    expect(Number(recall)).toBeGreaterThan(90);
  });

  it('the bench runs to its end', async () => {
    const { browser } = page;
    await browser.goto(`${host.url}bench.html`);
    await page.press('Run the bench');
    const said = (words: string) => `document.body.innerText.includes('${words}')`;
    await until(browser, `${said('A word after 256 others')} && !${said('Stop')}`);
  });
});
