/** Takes the pictures that an app store or an install dialog shows, of the page as it is built in dist/. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { preview } from 'vite';
import { ensureChromium } from './chromium.mjs';
import { fail, requireBuiltPage, root } from './setup.mjs';

const SHOTS = [
  { name: 'wide', width: 1280, height: 800, deviceScaleFactor: 1 },
  { name: 'narrow', width: 390, height: 844, deviceScaleFactor: 2 },
];

try {
  requireBuiltPage();
  const folder = join(root, 'public', 'screenshots');
  mkdirSync(folder, { recursive: true });
  const server = await preview({ root, logLevel: 'warn', preview: { port: 0, host: 'localhost', open: false } });
  const { path } = await ensureChromium();
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  for (const { name, width, height, deviceScaleFactor } of SHOTS) {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor });
    await page.goto(`http://localhost:${server.httpServer.address().port}/?backend=wasm`);
    await page.locator('.turn[data-status=done]').waitFor({ timeout: 120_000 });
    await page.getByText('Works offline').waitFor({ state: 'attached', timeout: 60_000 });
    const file = join(folder, `${name}.webp`);
    await sharp(await page.screenshot({ animations: 'disabled' }))
      .webp({ quality: 82 })
      .toFile(file);
    console.log(file);
  }
  await browser.close();
  await server.close();
} catch (error) {
  fail(error);
}
