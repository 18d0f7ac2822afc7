import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keptPages, storedOf, worksOffline } from './kept-page.ts';
import { heldFile, lookForNewer, releaseNewVersion, releaseRuntime } from './release-version.ts';

const { visit } = await keptPages();

it('offers a newer version, never forces it, and waits for other windows', async () => {
  const visited = await visit();
  const { page, host } = visited;
  const other = await page.context().newPage();
  await other.goto(`${host.url}?mode=find#here`);
  const evaluation = await page.context().newPage();
  await evaluation.goto(`${host.url}evaluation.html`);
  // A window in which a file is looked at does no work, and neither does a page of the site that is none of ours.
  host.changed.set('about/site.html', '<p>About this site');
  for (const address of ['licences.txt', 'samples/two-pigs.png', 'about/site.html'])
    await (await page.context().newPage()).goto(host.url + address);
  releaseNewVersion(visited);
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
  const visited = await visit({ beside: { late } });
  const { page, host } = visited;
  releaseNewVersion(visited, { revision: 'second' });
  await lookForNewer(page, 'waiting');
  releaseNewVersion(visited, { revision: 'third', behind: 'late/file.txt' });
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
  const visited = await visit({ beside: { late } });
  const { page } = visited;
  releaseNewVersion(visited, { behind: 'late/file.txt' });
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
  const visited = await visit();
  const { page, host } = visited;
  const html = readFileSync(new URL('../../dist/index.html', import.meta.url), 'utf8');
  const content = html.replaceAll(/<script[^>]*><\/script>/g, '');
  expect(content).not.toBe(html);
  releaseNewVersion(visited, { file: 'index.html', content });
  await lookForNewer(page, 'waiting');
  const update = page.getByRole('button', { name: 'Update ready' });
  await Promise.all([page.waitForEvent('load'), update.click()]);
  const again = page.getByRole('link', { name: 'load it again' });
  await again.waitFor();
  host.changed.delete('index.html');
  releaseNewVersion(visited, { revision: 'fixed' });
  await lookForNewer(page, 'waiting');
  await again.click();
  await update.waitFor();
  await Promise.all([page.waitForEvent('load'), update.click()]);
  await worksOffline(page);
  expect(await update.count()).toBe(0);
});

it('a newer version brings its runtime along, so that it works offline from its first visit on', async () => {
  const visited = await visit();
  const { page, host } = visited;
  const { kept, next } = await releaseRuntime(visited, 'another runtime');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const update = page.getByRole('button', { name: 'Update ready' });
  await update.waitFor();
  const both = await storedOf(page, 'kosmos2-runtime');
  expect(both.map((url) => url.split('/').at(-1)).toSorted()).toEqual([kept, next].toSorted());
  await Promise.all([page.waitForEvent('load'), update.click()]);
  await expect.poll(() => storedOf(page, 'kosmos2-runtime')).toEqual([`${host.url}assets/${next}`]);
});

it('a newer version whose runtime the host has not got yet is not installed, and is once it is there', async () => {
  const visited = await visit();
  const { page, host } = visited;
  const { next } = await releaseRuntime(visited, 'another runtime');
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
