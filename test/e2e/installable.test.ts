import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { webManifest } from '../../hosting/web-manifest.ts';
import { launchQuickly } from '../support/browser.ts';
import { type PlainHost, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await host?.close();
});

async function newPage(): Promise<Page> {
  host = await servePlainly({ path: '/kosmos/' });
  return (await browser.newContext()).newPage();
}

it('the browser takes the page for an app: its manifest, icons, screenshots, shortcuts, share target and file handlers', async () => {
  const page = await newPage();
  let letLoad = () => {};
  const held = new Promise<void>((resolve) => {
    letLoad = resolve;
  });
  await page.route('**/models/demo/manifest.json', (route) => held.then(() => route.continue()));
  await page.goto(`${host.url}?backend=wasm`);
  // A picture that is shared must never meet a page without its service worker, which comes behind the first answer.
  expect(await page.locator('link[rel="manifest"]').count()).toBe(0);
  letLoad();
  await page.locator('link[rel="manifest"]').waitFor({ state: 'attached', timeout: 120_000 });
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)).toMatch(/activat/);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toMatchObject(JSON.parse(JSON.stringify(webManifest)));
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // Windows of tests are private ones.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  const pictures = [...(webManifest.icons ?? []), ...(webManifest.screenshots ?? [])];
  expect(pictures.length).toBeGreaterThan(4);
  for (const { src, sizes } of pictures) {
    const size = await page.evaluate(async (address) => {
      const picture = Object.assign(new Image(), { src: address });
      await picture.decode();
      return `${picture.naturalWidth}x${picture.naturalHeight}`;
    }, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }
});

it('a shortcut opens its mode, and a file opened with the app is on the stage', async () => {
  const page = await newPage();
  const picture = readFileSync(new URL('../../public/samples/two-pigs.png', import.meta.url)).toString('base64');
  await page.addInitScript((base64) => {
    // The system's queue, with a handle as it gives them.
    const setConsumer = async (consumer: (launch: { files: readonly FileSystemFileHandle[] }) => void) => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle('opened.png', { create: true });
      const stream = await handle.createWritable();
      await stream.write(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
      await stream.close();
      consumer({ files: [handle] });
    };
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer } });
  }, picture);
  const { shortcuts = [] } = webManifest;
  expect(shortcuts.map(({ url }) => url)).toEqual(['./?mode=find', './?mode=ask']);
  for (const { url } of shortcuts) {
    await page.goto(new URL(url, host.url).href);
    await page.locator(`input[name=mode][value=${new URL(url, host.url).searchParams.get('mode')}]:checked`).waitFor();
  }
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.src.startsWith('blob:'));
});

it.each(['favicon.svg', 'manifest.webmanifest'])(
  'a host that changes %s: the page works and never says that it works offline',
  async (file) => {
    const page = await newPage();
    host.changed.set(file, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await Promise.all([
      page.waitForEvent('console', { predicate: (message) => /cannot be kept/.test(message.text()) }),
      page.goto(`${host.url}?backend=wasm`),
    ]);
    expect(await page.locator('html').getAttribute('data-engine')).toMatch(/ready|busy/);
    expect(await page.getByText('Works offline').count()).toBe(0);
  },
);
