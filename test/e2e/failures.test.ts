import { readFile } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type Site, serveBuiltPage } from '../support/serve.ts';
import { engineReady, lastAnswer, openPage } from './open-page.ts';

let site: Site;

beforeAll(async () => {
  site = await serveBuiltPage();
});

afterAll(() => site?.close());

const shard = 'model-00001-of-00001.safetensors';

async function failure(page: Page): Promise<string> {
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'failed', null, { timeout: 60_000 });
  return (await page.locator('.panel.bad').textContent()) ?? '';
}

describe('a package that is not what it should be', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  const demo = (name: string) => readFile(new URL(`../../public/models/demo/${name}`, import.meta.url));
  const manifestWith = async (change: (manifest: Record<string, unknown>) => void) => {
    const manifest = JSON.parse((await demo('manifest.json')).toString());
    change(manifest);
    return Buffer.from(JSON.stringify(manifest));
  };

  it.each([
    ['a missing file', shard, async () => null, /is missing/],
    ['a short file', shard, async () => (await demo(shard)).subarray(0, 100_000), /has 100000 bytes/],
    [
      'a changed byte',
      shard,
      async () => {
        const bytes = await demo(shard);
        bytes[2_000_000] = (bytes[2_000_000] as number) ^ 1;
        return bytes;
      },
      /is damaged: its SHA-256/,
    ],
    [
      'a version of the future',
      'manifest.json',
      () =>
        manifestWith((manifest) => {
          manifest.format = 99;
        }),
      /99/,
    ],
    [
      'a file name that leads out of the folder',
      'manifest.json',
      () =>
        manifestWith((manifest) => {
          manifest.files = { '../secret': { bytes: 1, sha256: 'a'.repeat(64) } };
        }),
      /manifest\.json/,
    ],
    ['a page instead of a file', 'config.json', async () => Buffer.from('<!doctype html><p>Not found'), /config\.json/],
  ])('%s is told in a sentence, and Try again works once it is mended', async (_, name, body, sentence) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const bytes = await body();
    await page.route(`**/models/demo/${name}`, (route) =>
      bytes === null
        ? route.fulfill({ status: 404 })
        : route.fulfill({ body: bytes, contentType: 'application/octet-stream' }),
    );
    await page.goto(`${site.url}?backend=wasm`);
    expect(await failure(page)).toMatch(sentence);
    await page.unroute(`**/models/demo/${name}`);
    await page.locator('.panel.bad button.primary').click();
    await engineReady(page);
    expect(await lastAnswer(page, 1)).toContain('a turtle');
    await context.close();
  });
});

describe('a browser without WebGPU', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });

  afterAll(() => browser?.close());

  it('runs the model on the CPU by itself and says so', async () => {
    const { page } = await openPage(browser, site.url);
    await engineReady(page);
    expect(await page.locator('html').getAttribute('data-backend')).toBe('wasm');
    expect(await lastAnswer(page, 1)).toContain('a turtle');
    await expect.poll(() => page.locator('body').textContent()).toContain('This browser has no WebGPU');
    await page.context().close();
  });

  it('forced to WebGPU it says what is missing, and one click runs it on the CPU', async () => {
    const { page } = await openPage(browser, `${site.url}?backend=webgpu`);
    expect(await failure(page)).toMatch(/no WebGPU adapter/);
    await page.locator('.panel.bad button', { hasText: 'CPU' }).click();
    await engineReady(page);
    expect(await page.locator('html').getAttribute('data-backend')).toBe('wasm');
    await page.context().close();
  });
});
