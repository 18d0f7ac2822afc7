import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ISOLATION_HEADERS } from '../../hosting/content-security-policy.ts';
import { fixture } from '../support/packages.ts';
import type { PlainHostOptions } from '../support/plain-host.ts';
import { answers, breachesOfWorker, keptPages, storedOf, worksOffline } from './kept-page.ts';
import { engineReady } from './open-page.ts';

const dist = new URL('../../dist/', import.meta.url);
const asyncify = existsSync(dist)
  ? readdirSync(new URL('assets/', dist)).find((name) => /asyncify.*wasm/.test(name))
  : '';

const { visit } = await keptPages();

const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

describe.each<[string, PlainHostOptions, boolean]>([
  // The root of a host without headers is where the other tests are.
  ['a sub-path of a host without headers', { path: '/kosmos/' }, false],
  ['the root of a host with isolation headers', { headers: ISOLATION_HEADERS }, true],
])('from %s', (_, options, isolatedAtFirst) => {
  it('works after one visit with the server gone, isolated, and without a breach of its policy', async () => {
    const { page, host, complaints } = await visit(options);
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
  const { page, host } = await visit();
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
  const { page, host } = await visit();
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

it('a page that its host takes away as the docs say is gone, with all that was kept of it', async () => {
  const { page, host } = await visit();
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
  const { page, host } = await visit();
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
