import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { ISOLATION_HEADERS } from '../../hosting/content-security-policy.ts';
import { launchQuickly } from '../support/browser.ts';
import { fixture } from '../support/packages.ts';
import { type PlainHost, type PlainHostOptions, servePlainly } from '../support/plain-host.ts';
import { browserOfFile } from '../support/site-in-browser.ts';
import { engineReady, lastAnswer, type OpenPage, openPage } from './open-page.ts';

const dist = new URL('../../dist/', import.meta.url);
const service = existsSync(dist) ? readFileSync(new URL('service.js', dist), 'utf8') : '';
const asyncify = existsSync(dist)
  ? readdirSync(new URL('assets/', dist)).find((name) => /asyncify.*wasm/.test(name))
  : '';

const browser = await browserOfFile(launchQuickly);
let host: PlainHost;

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await host?.close();
});

/** A first visit to a fresh host, up to the moment at which the page says that it works offline. */
async function visit(options: PlainHostOptions = {}): Promise<OpenPage> {
  host = await servePlainly(options);
  const opened = await openPage(browser, `${host.url}?backend=wasm`);
  opened.page.on('worker', (worker) => void worker.evaluate(noteBreaches).catch(() => undefined));
  await worksOffline(opened.page);
  return opened;
}

type Noting = typeof globalThis & { breaches?: string[] };

/** In a worker, whose console does not tell: notes what its policy refused. */
function noteBreaches(): void {
  const breaches: string[] = [];
  (self as Noting).breaches = breaches;
  self.addEventListener('securitypolicyviolation', ({ blockedURI }) => breaches.push(blockedURI));
}

const breachesOfWorker = (page: Page) => page.workers()[0]?.evaluate(() => (self as Noting).breaches);

async function worksOffline(page: Page): Promise<void> {
  await engineReady(page);
  await page.getByText('Works offline').waitFor({ timeout: 60_000 });
}

/** The page as after any reload: it has opened and the model has answered. */
async function answers(page: Page): Promise<void> {
  await engineReady(page);
  expect(await lastAnswer(page, 1)).toContain('a bike');
}

const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

describe.each<[string, PlainHostOptions, boolean]>([
  // The root of a host without headers is where the other tests are.
  ['a sub-path of a host without headers', { path: '/kosmos/' }, false],
  ['the root of a host with isolation headers', { headers: ISOLATION_HEADERS }, true],
])('from %s', (_, options, isolatedAtFirst) => {
  it('works after one visit with the server gone, isolated, and without a breach of its policy', async () => {
    const { page, complaints } = await visit(options);
    expect(await isolated(page)).toBe(isolatedAtFirst);
    const visits = await page.evaluate(() =>
      performance.getEntriesByType('navigation').map((visit) => visit.toJSON().type),
    );
    expect(visits, 'never loaded again for the sake of isolation').toEqual(['navigate']);
    await host.close();
    await page.reload();
    await answers(page);
    expect(await isolated(page)).toBe(true);
    // A part that no visit has needed yet.
    await page.getByRole('button', { name: 'Make a scene' }).click();
    await page.locator('.scene-thing').first().waitFor();
    expect(complaints).toEqual([]);
    expect(await breachesOfWorker(page)).toEqual([]);
  });
});

it('a page that breaches its policy would be noticed, on the page and in a worker', async () => {
  const { page, complaints } = await visit();
  await page.reload();
  await engineReady(page);
  const breach = () => fetch('http://elsewhere.invalid/').catch(() => undefined);
  await page.evaluate(breach);
  await expect.poll(() => complaints.filter((text) => /Content Security Policy/.test(text))).not.toEqual([]);
  await page.workers()[0]?.evaluate(breach);
  await expect.poll(() => breachesOfWorker(page)).toEqual(['http://elsewhere.invalid/']);
});

it('keeps one wasm build, and offline runs the kept one even where the browser would now prefer the other', async () => {
  const { page } = await visit();
  expect(await storedOf(page, 'kosmos2-runtime')).toEqual([expect.stringMatching(/jspi.*\.wasm$/)]);
  expect(await storedOf(page, 'precache'), 'no wasm is part of the precache').not.toContainEqual(
    expect.stringMatching(/\.wasm$/),
  );
  await page.evaluate(async (name) => {
    const cache = await caches.open('kosmos2-runtime');
    for (const request of await cache.keys()) await cache.delete(request);
    await cache.add(`./assets/${name}`);
  }, asyncify);
  await host.close();
  await page.reload();
  await answers(page);
  expect(await page.locator('.details').first().textContent()).toContain('asyncify');
});

it('replaces every damaged file of a corrupted store from the server, for good', async () => {
  const { page } = await visit();
  const damaged = await page.evaluate(async () => {
    let count = 0;
    for (const name of await caches.keys()) {
      if (!/precache|runtime/.test(name)) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { headers } = (await cache.match(request)) as Response;
        await cache.put(request, new Response('damaged', { headers }));
        count += 1;
      }
    }
    return count;
  });
  expect(damaged).toBeGreaterThan(20);
  await page.reload();
  await answers(page);
  await worksOffline(page);
  await host.close();
  await page.reload();
  await answers(page);
});

it('offers a newer version, never forces it, and waits for other windows', async () => {
  const { page } = await visit();
  const other = await page.context().newPage();
  await other.goto(`${host.url}?mode=find#here`);
  const evaluation = await page.context().newPage();
  await evaluation.goto(`${host.url}evaluation.html`);
  // A window in which a file is looked at does no work, and neither does a page of the site that is none of ours.
  host.changed.set('about/site.html', '<p>About this site');
  for (const address of ['licences.txt', 'samples/two-pigs.png', 'about/site.html'])
    await (await page.context().newPage()).goto(host.url + address);
  await releaseNewVersion({});
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const update = page.getByRole('button', { name: 'Update ready' });
  await update.waitFor();
  await page.evaluate(() => Object.assign(window, { same: true }));
  await update.click();
  await page.getByRole('button', { name: 'Close the 2 other windows first' }).waitFor();
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
  // A page of a test has the focus all the time.
  const comeBack = () => page.evaluate(() => void dispatchEvent(new Event('focus')));
  await evaluation.close();
  const lastOne = page.getByRole('button', { name: 'Close the other window first' });
  await expect.poll(() => comeBack().then(() => lastOne.count())).toBe(1);
  await other.close();
  await expect.poll(() => comeBack().then(() => update.count())).toBe(1);
  await Promise.all([page.waitForEvent('load'), update.click()]);
  await worksOffline(page);
  const icons = await page.evaluate(async () => {
    const urls = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return urls.flat().filter(({ url }) => url.includes('favicon.svg')).length;
  });
  expect(icons, 'the file of the version before is gone').toBe(1);
  expect(await page.locator('button.update').count()).toBe(0);
});

it('a version that is on its way while the one before it takes over keeps what it has fetched', async () => {
  const { late, letCome } = heldFile();
  const { page } = await visit({ beside: { late } });
  await releaseNewVersion({ revision: 'second' });
  await lookForNewer(page, 'waiting');
  await releaseNewVersion({ revision: 'third', behind: 'late/file.txt' });
  await lookForNewer(page, 'installing');
  const fetched = () => storedOf(page, 'precache').then((urls) => urls.some((url) => url.includes('third')));
  await expect.poll(fetched).toBe(true);
  const update = page.getByRole('button', { name: 'Update ready' });
  await Promise.all([page.waitForEvent('load'), update.click()]);
  letCome();
  await update.waitFor();
  await host.close();
  await Promise.all([page.waitForEvent('load'), update.click()]);
  await worksOffline(page);
});

it('while a newer version is on its way, the page works offline and can be installed, and offers it once it is there', async () => {
  const { late, letCome } = heldFile();
  const { page } = await visit({ beside: { late } });
  await releaseNewVersion({ behind: 'late/file.txt' });
  await lookForNewer(page, 'installing');
  await page.reload();
  await worksOffline(page);
  expect(await page.locator('link[rel="manifest"]').count()).toBe(1);
  const update = page.getByRole('button', { name: 'Update ready' });
  expect(await update.count()).toBe(0);
  letCome();
  await update.waitFor();
});

it('a version that does not start gives way to the next one, from its own window', async () => {
  const { page } = await visit();
  const html = readFileSync(new URL('index.html', dist), 'utf8');
  const content = html.replaceAll(/<script[^>]*><\/script>/g, '');
  expect(content).not.toBe(html);
  await releaseNewVersion({ file: 'index.html', content });
  await lookForNewer(page, 'waiting');
  const update = page.getByRole('button', { name: 'Update ready' });
  await Promise.all([page.waitForEvent('load'), update.click()]);
  const again = page.getByRole('link', { name: 'load it again' });
  await again.waitFor();
  host.changed.delete('index.html');
  await releaseNewVersion({ revision: 'fixed' });
  await lookForNewer(page, 'waiting');
  await again.click();
  await update.waitFor();
  await Promise.all([page.waitForEvent('load'), update.click()]);
  await worksOffline(page);
  expect(await update.count()).toBe(0);
});

it('a newer version brings its runtime along, so that it works offline from its first visit on', async () => {
  const { page } = await visit();
  const { kept, next } = await releaseRuntime(page, 'another runtime');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const update = page.getByRole('button', { name: 'Update ready' });
  await update.waitFor();
  const both = await storedOf(page, 'kosmos2-runtime');
  expect(both.map((url) => url.split('/').at(-1)).toSorted()).toEqual([kept, next].toSorted());
  await Promise.all([page.waitForEvent('load'), update.click()]);
  await expect.poll(() => storedOf(page, 'kosmos2-runtime')).toEqual([`${host.url}assets/${next}`]);
});

it('a newer version whose runtime the host has not got yet is not installed, and is once it is there', async () => {
  const { page } = await visit();
  const { next } = await releaseRuntime(page, 'another runtime');
  // Many hosts send their page in place of what they have not.
  host.changed.set(`assets/${next}`, '<!doctype html>');
  const look = () => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const comes = () =>
    page.evaluate(async () => {
      const { installing, waiting } = await navigator.serviceWorker.ready;
      return (installing ?? waiting)?.state;
    });
  await look();
  await expect.poll(comes).toBeUndefined();
  host.changed.set(`assets/${next}`, 'another runtime');
  await look();
  await expect.poll(comes).toBe('installed');
});

/** The same build with a runtime of these bytes in place of the one that is kept. */
async function releaseRuntime(page: Page, bytes: string) {
  const [kept = ''] = (await storedOf(page, 'kosmos2-runtime')).map((url) => url.slice(url.indexOf('/assets/') + 8));
  const next = kept.replace(/.{8}\.wasm$/, 'NewNew00.wasm');
  const hash = createHash('sha256').update(bytes).digest('base64');
  const [entry = ''] = service.match(/\{[^{}]*\.wasm[^{}]*\}/g)?.filter((each) => each.includes(kept)) ?? [];
  const another = entry.replace(kept, next).replace(/sha256-[^"]+/, `sha256-${hash}`);
  expect(another).not.toBe(entry);
  host.changed.set(`assets/${next}`, bytes).set('service.js', service.replace(entry, another));
  return { kept, next };
}

/** Addresses in all caches whose names have these words. */
function storedOf(page: Page, words: string): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const names = (await caches.keys()).filter((name) => name.includes(wanted));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  }, words);
}

/** The same build with another icon, or another file in its place, and where a name is given with a new file behind it. */
async function releaseNewVersion({
  revision = 'next',
  file = 'favicon.svg',
  content = '',
  behind = '',
}): Promise<void> {
  const changed = content || `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" id="${revision}"/>`;
  const hash = createHash('sha256').update(changed).digest('base64');
  const entries: object[] = [{ url: file, revision, integrity: `sha256-${hash}` }];
  if (behind) entries.push({ url: behind, revision });
  const listed = new RegExp(`\\{[^{}]*"${file}"[^{}]*\\}`);
  const next = service.replace(listed, () => JSON.stringify(entries).slice(1, -1));
  expect(next).not.toBe(service);
  host.changed.set('service.js', next).set(file, changed);
}

/** A file of the server that comes when it is let. */
function heldFile() {
  let letCome = () => {};
  const held = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  const late: RequestListener = (_, response) => void held.then(() => response.end('late'));
  return { late, letCome };
}

/** Has the page look for a newer version, and waits until the one that comes is this far. */
function lookForNewer(page: Page, state: 'installing' | 'waiting'): Promise<unknown> {
  return page.evaluate(async (wanted) => {
    const registration = await navigator.serviceWorker.ready;
    void registration.update();
    while (!registration[wanted]) await new Promise((resolve) => setTimeout(resolve, 50));
  }, state);
}

it('a page that its host takes away as the docs say is gone, with all that was kept of it', async () => {
  const { page } = await visit();
  const docs = readFileSync(new URL('../../docs/HOSTING.md', import.meta.url), 'utf8');
  const [, script = ''] = /## Taking the page away.*?```js\n(.*?)```/s.exec(docs) ?? [];
  host.changed.set('service.js', script).set('index.html', '<h1>Closed</h1>');
  await page.reload();
  await engineReady(page);
  const left = () =>
    page.evaluate(async () => [...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations())].length);
  await expect.poll(left).toBe(0);
  await page.reload();
  await page.getByRole('heading', { name: 'Closed' }).waitFor();
});

it('opens a picture that another app shares, and nothing of it reaches the server', async () => {
  const { page } = await visit();
  const picture = readFileSync(fixture('demo-scenes/scene-00.png')).toString('base64');
  host.asked.length = 0;
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'multipart/form-data' });
    form.action = './share';
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'picture' });
    const files = new DataTransfer();
    files.items.add(new File([bytes], 'shared.png', { type: 'image/png' }));
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  }, picture);
  await page.waitForURL(host.url);
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.src.startsWith('blob:'));
  expect(host.asked.filter((path) => path.includes('share'))).toEqual([]);
});
