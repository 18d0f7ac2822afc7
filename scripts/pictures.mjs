/**
 * `npm run pictures`: takes the pictures of README and docs from the built page with the demo model, so that they always
 * show what is there. Build first (`npm run build`).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { systemChromium } from './chromium.mjs';
import { root } from './setup.mjs';

const folder = join(root, 'docs', 'pictures');
mkdirSync(folder, { recursive: true });

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** Name of each picture, what it is taken with, and what is done on the page before. */
const PICTURES = [
  { name: 'described', viewport: desktop, colorScheme: 'light', act: selectTurtle },
  { name: 'described-dark', viewport: desktop, colorScheme: 'dark', act: selectTurtle },
  { name: 'found', viewport: desktop, colorScheme: 'light', act: findThePigs },
  { name: 'phone', viewport: phone, colorScheme: 'light', act: async () => {} },
  { name: 'phone-dark', viewport: phone, colorScheme: 'dark', act: async () => {} },
];

const server = await preview({ root, logLevel: 'warn', preview: { port: 0, host: 'localhost', open: false } });
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || systemChromium(),
  args: ['--no-sandbox'],
});
for (const { name, viewport, colorScheme, act } of PICTURES) {
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: viewport === phone ? 2 : 1 });
  await page.goto(`http://localhost:${port}/?backend=wasm`);
  await finished(page, 1);
  await act(page);
  // Boxes draw in, focus rings settle.
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
  console.log(`docs/pictures/${name}.png`);
}
await browser.close();
await server.close();

/** Waits until this many turns are answered. */
async function finished(page, turns) {
  await page.waitForFunction(
    (count) => [...document.querySelectorAll('.turn[data-status=done]')].length >= count,
    turns,
    { timeout: 120_000 },
  );
}

/** A press on the box itself, which shows what can be done with it. */
async function selectTurtle(page) {
  const { x, y, width, height } = await page.locator('.box-list li[data-entity="4"] button').boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
}

async function findThePigs(page) {
  await page.locator('.thumb').nth(1).click();
  await finished(page, 1);
  await page.locator('input[name=mode][value=find]').check({ force: true });
  await page.locator('#composer-field').fill('two pigs');
  await page.locator('#composer-field').press('Enter');
  await finished(page, 2);
}
