import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchQuickly, launchWithoutWebGpu } from '../support/browser.ts';
import { type Site, serveBuiltPage } from '../support/serve.ts';
import { ask, engineReady, lastAnswer, openPage } from './open-page.ts';

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
    browser = await launchQuickly();
  });

  afterAll(() => browser?.close());

  const demo = (name: string) => readFile(new URL(`../../public/models/demo/${name}`, import.meta.url));
  const manifestWith = async (change: (manifest: Record<string, unknown>) => void) => {
    const manifest = JSON.parse((await demo('manifest.json')).toString());
    change(manifest);
    return Buffer.from(JSON.stringify(manifest));
  };

  /** What is served in place of a file, and what the page then tells. */
  const damages: readonly (readonly [string, () => Promise<Buffer | null>, RegExp])[] = [
    [shard, async () => null, /is missing/],
    [shard, async () => (await demo(shard)).subarray(0, 100_000), /has 100000 bytes/],
    [
      shard,
      async () => {
        const bytes = await demo(shard);
        bytes[2_000_000] = (bytes[2_000_000] as number) ^ 1;
        return bytes;
      },
      /is damaged: its SHA-256/,
    ],
    [
      'manifest.json',
      () =>
        manifestWith((manifest) => {
          manifest.format = 99;
        }),
      /99/,
    ],
    [
      'manifest.json',
      () =>
        manifestWith((manifest) => {
          const { [shard]: moved, ...files } = manifest.files as Record<string, unknown>;
          manifest.files = { ...files, '../secret': moved };
        }),
      /does not list model-00001/,
    ],
    ['config.json', async () => Buffer.from('<!doctype html><p>Not found'), /config\.json/],
  ];

  it('a file missing, short, changed, of the future, with a way out of its folder, or a page instead: each is told in a sentence, and Try again works once it is mended', async () => {
    // A service worker, which comes soon, would hide what the page's workers fetch.
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const again = page.locator('.panel.bad button.primary');
    for (const [index, [name, body, sentence]] of damages.entries()) {
      const bytes = await body();
      await page.route(`**/models/demo/${name}`, (route) =>
        bytes === null
          ? route.fulfill({ status: 404 })
          : route.fulfill({ body: bytes, contentType: 'application/octet-stream' }),
      );
      await (index === 0 ? page.goto(`${site.url}?backend=wasm`) : again.click());
      await page.locator('.panel.bad').getByText(sentence).waitFor();
      await page.unroute(`**/models/demo/${name}`);
    }
    await again.click();
    await engineReady(page);
    expect(await lastAnswer(page, 1)).toContain('a turtle');
    await context.close();
  });

  it('a host that lacks the wasm, or sends a page in its place, is told with the file and its answer, and the page works once it is there', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const answers = [
      [{ status: 404 }, 'HTTP 404'],
      [{ body: '<!doctype html>', contentType: 'text/html' }, 'HTTP 200 text/html'],
    ] as const;
    for (const [answer, told] of answers) {
      await page.route('**/*.wasm', (route) => route.fulfill(answer));
      await page.goto(`${site.url}?backend=wasm`);
      const said = await failure(page);
      expect(said).toMatch(/A file of the runtime \(onnxruntime-web\), http:\S+jspi\S+\.wasm, is not on its host/);
      expect(said).toContain(`(${told})`);
      // The page itself may be of a release before.
      await page.locator('.panel.bad').getByRole('button', { name: 'Load the page again' }).waitFor();
      await page.unroute('**/*.wasm');
    }
    await page.locator('.panel.bad button.primary').click();
    await engineReady(page);
    await context.close();
  });

  it('running on the CPU is offered as a way out once, not after it has failed as well', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.route('**/models/demo/manifest.json', (route) => route.fulfill({ status: 404 }));
    await page.goto(site.url);
    const onCpu = page.locator('.panel.bad').getByText('Run on the CPU');
    await onCpu.click();
    expect(await failure(page)).toContain('is missing');
    expect(await onCpu.count()).toBe(0);
    await context.close();
  });
});

describe('ways out of a failure are in sight', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchQuickly();
  });

  afterAll(() => browser?.close());

  /** Whether a person could click each button of the panel: nothing lies over its middle. */
  const reachable = (page: Page) =>
    page.locator('.panel.bad button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      }),
    );

  it.each([
    { width: 360, height: 740 },
    { width: 740, height: 360 },
    { width: 1280, height: 800 },
  ])('on a page $width pixels wide, without a word said and behind a long conversation', async (viewport) => {
    const context = await browser.newContext({ viewport, serviceWorkers: 'block' });
    const page = await context.newPage();
    const manifest = '**/models/demo/manifest.json';
    await page.route(manifest, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${site.url}?backend=wasm`);
    await failure(page);
    await expect.poll(() => reachable(page)).toEqual([true, true, true]);
    await page.unroute(manifest);
    await page.locator('.panel.bad button.primary').click();
    await engineReady(page);
    await lastAnswer(page, 1);
    for (const turns of [2, 3, 4, 5]) {
      await ask(page, 'detail', '');
      await lastAnswer(page, turns);
    }
    await page.route(manifest, (route) => route.fulfill({ status: 404 }));
    await page.reload();
    await failure(page);
    await expect.poll(() => page.locator('.turn').count()).toBe(5);
    await expect.poll(() => reachable(page)).toEqual([true, true, true]);
    await context.close();
  });
});

describe('a browser without WebGPU', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchWithoutWebGpu();
  });

  afterAll(() => browser?.close());

  it('runs the model on the CPU by itself and says so', async () => {
    const { page } = await openPage(browser, site.url);
    await engineReady(page);
    expect(await page.locator('html').getAttribute('data-backend')).toBe('wasm');
    expect(await lastAnswer(page, 1)).toContain('a turtle');
    await expect.poll(() => page.locator('body').textContent()).toContain('This browser offers no WebGPU');
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
