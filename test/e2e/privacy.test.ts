import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { servePlainly } from '../support/plain-host.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { engineReady, lastAnswer, openPage } from './open-page.ts';

const { site: host, browser } = await siteInBrowser(servePlainly, launchQuickly);

const sent = (page: Page) => page.locator('.sent').getAttribute('data-sent');

it('nothing is sent in a visit with an answer, and every kilobyte sent from anywhere is counted', async () => {
  const { page } = await openPage(browser, `${host.url}?backend=wasm`);
  await engineReady(page);
  await lastAnswer(page, 1);
  await page.getByText('Works offline').waitFor({ state: 'attached' });
  expect(await sent(page)).toBe('0');
  expect(await page.locator('.sent').textContent()).toBe('0 bytes sent');

  const send = async () => void (await fetch('./nowhere', { method: 'POST', body: new Uint8Array(1000) }));
  await page.evaluate(send);
  await expect.poll(() => sent(page)).toBe('1000');
  await page.workers()[0]?.evaluate(send);
  await expect.poll(() => sent(page)).toBe('2000');
  await page.context().serviceWorkers()[0]?.evaluate(send);
  await expect.poll(() => sent(page)).toBe('3000');
  const started = page.waitForEvent('worker');
  await page.locator('.header button.chip').first().click();
  await page.getByRole('button', { name: 'Models…' }).click();
  await (await started).evaluate(send);
  await expect.poll(() => sent(page)).toBe('4000');
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    const request = new XMLHttpRequest();
    request.open('POST', './nowhere');
    request.send('x'.repeat(1000));
  });
  await expect.poll(() => sent(page)).toBe('5000');
  await page.evaluate(() => void navigator.sendBeacon('./nowhere', 'x'.repeat(1000)));
  await expect.poll(() => sent(page)).toBe('6000');
  await page.evaluate(() => fetch(new Request('./nowhere', { method: 'POST', body: 'x'.repeat(1000) })).then(() => {}));
  await expect.poll(() => sent(page)).toBe('7000');
  await page.evaluate(() => fetch(`./nowhere?words=${'x'.repeat(994)}`).then(() => {}));
  await expect.poll(() => sent(page)).toBe('8000');
  expect(await page.locator('.sent').textContent()).toBe('8,000 bytes sent');
});
