import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFirefox } from '../support/firefox.ts';
import { type OtherBrowser, until } from '../support/other-browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { openWebKit } from '../support/webkit.ts';

const { FIREFOX_PATH, WEBKIT_DRIVER, WEBKIT_BROWSER, WEBKIT_DISPLAY } = process.env;

const webkit =
  WEBKIT_DRIVER && WEBKIT_BROWSER && WEBKIT_DISPLAY
    ? () => openWebKit({ driver: WEBKIT_DRIVER, browser: WEBKIT_BROWSER, display: WEBKIT_DISPLAY })
    : null;
const BROWSERS: readonly (readonly [string, (() => Promise<OtherBrowser>) | null])[] = [
  ['Firefox', FIREFOX_PATH ? () => openFirefox(FIREFOX_PATH) : null],
  ['WebKit', webkit],
];

const READY = `document.documentElement.dataset.engine === 'ready'`;
const NOTE_ERRORS = `(window.faults = [],
  addEventListener('error', ({ message }) => window.faults.push(message)),
  addEventListener('unhandledrejection', ({ reason }) => window.faults.push(String(reason))), true)`;
/** What the answers on the page say, without the small numbers of their boxes, once all are whole. */
const ANSWERS = `(() => {
  const turns = [...document.querySelectorAll('.turn')];
  if (turns.some(({ dataset }) => !/done|failed/.test(dataset.status))) return null;
  return turns.map((turn) => {
    const answer = turn.querySelector('.answer').cloneNode(true);
    for (const number of answer.querySelectorAll('sup, .number')) number.remove();
    return answer.textContent.trim();
  });
})()`;
const CAPTION = 'An image of a bike, a castle, a flower and a turtle.';

/** A picture as a person chooses it by the button. */
function choose(name: string, picture: Buffer): string {
  const bytes = `Uint8Array.from(atob('${picture.toString('base64')}'), (byte) => byte.charCodeAt(0))`;
  return `(() => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([${bytes}], '${name}', { type: 'image/png' }));
    const input = document.querySelector('input[type=file]');
    input.files = chosen.files;
    return input.dispatchEvent(new Event('change', { bubbles: true }));
  })()`;
}

describe.each(BROWSERS)('in %s', (_, open) => {
  if (!open) return it.skip('is not here');
  let browser: OtherBrowser;
  let host: PlainHost;

  beforeAll(async () => {
    host = await servePlainly();
    browser = await open();
  });

  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  async function visit(): Promise<void> {
    await browser.goto(host.url);
    await browser.run(NOTE_ERRORS);
    await until(browser, READY);
  }

  async function find(words: string): Promise<void> {
    const count = await browser.run<number>(`document.querySelectorAll('.turn').length`);
    await browser.run(`(document.querySelector('input[name=mode][value=find]').click(), true)`);
    await browser.click('#composer-field');
    await browser.type(`${words}\n`);
    await until(browser, `document.querySelectorAll('.turn').length === ${count + 1}`);
  }

  const answers = () => until<readonly string[]>(browser, ANSWERS);
  const boxes = () => browser.run<number>(`document.querySelectorAll('.box-list li').length`);
  const faults = () => browser.run<readonly string[]>('window.faults');

  it('a first visit describes the picture, and a search finds a thing in it', async () => {
    await visit();
    await until(browser, `document.querySelector('.turn')?.dataset.status === 'done'`);
    expect(await answers()).toEqual([CAPTION]);
    expect(await boxes()).toBe(4);
    await find('a turtle');
    expect(await answers()).toEqual([CAPTION, 'a turtle']);
    expect(await faults()).toEqual([]);
  });

  it('a picture of one’s own and what was asked about it are there after the next visit, which needs no server', async () => {
    const picture = readFileSync(new URL('../../public/samples/two-pigs.png', import.meta.url));
    await browser.run(choose('my pigs.png', picture));
    await until(browser, `document.querySelectorAll('.filmstrip img').length === 6`);
    await find('pigs');
    expect(await answers()).toEqual(['pigs']);
    expect(await boxes()).toBe(2);
    await until(browser, `document.body.innerText.includes('Works offline')`);
    expect(await faults()).toEqual([]);

    await host.close();
    await visit();
    expect(await until(browser, `document.querySelectorAll('.turn').length === 1 && ${ANSWERS}`)).toEqual(['pigs']);
    expect(await boxes()).toBe(2);
    await find('a butterfly');
    expect(await answers()).toEqual(['pigs', 'a butterfly']);
    expect(await faults()).toEqual([]);
    host = await servePlainly({ port: host.port });
  });

  it('the bench runs to its end', async () => {
    await browser.goto(`${host.url}bench.html`);
    await until(
      browser,
      `[...document.querySelectorAll('button')].some(({ innerText }) => innerText === 'Run the bench')`,
    );
    await browser.run(
      `([...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'Run the bench').click(), true)`,
    );
    await until(
      browser,
      `document.body.innerText.includes('A word after 256 others') && !document.body.innerText.includes('Stop')`,
    );
  });
});
