import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { ask, engineReady, lastAnswer, openPage } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage);

it('on paper all of a long conversation is there, wide or high, and the boxes are where they are on the screen', async () => {
  const { page, complaints } = await openPage(browser, `${site.url}?backend=wasm`, (fresh) =>
    fresh.addInitScript(deafToPaper),
  );
  await engineReady(page);
  for (let turn = 1; turn < 14; turn++) {
    await lastAnswer(page, turn);
    await ask(page, 'find', 'a turtle');
  }
  await lastAnswer(page, 14);
  for (const landscape of [true, false]) {
    const pdf = await page.pdf({ format: 'A4', landscape });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
  }
  const seen = await canvasOnPicture(page);
  await page.evaluate(() => Object.assign(window, { paper: true }));
  await page.emulateMedia({ media: 'print' });
  const printed = await canvasOnPicture(page);
  printed.forEach((place, index) => {
    expect(place).toBeCloseTo(seen[index] ?? Number.NaN, 2);
  });
  expect(await page.locator('.composer').isVisible()).toBe(false);
  // Firefox breaks no grid within a grid: the first page would hold the picture alone.
  expect(await page.evaluate(displaysAroundTurns)).toEqual(['block']);
  expect(complaints).toEqual([]);
  await page.context().close();
});

/** No observer hears that the page is laid out for paper. */
function deafToPaper(): void {
  window.ResizeObserver = class extends ResizeObserver {
    constructor(hear: ResizeObserverCallback) {
      super((...told) => 'paper' in window || hear(...told));
    }
  };
}

/** How what holds the turns is laid out, from the list to the page. */
function displaysAroundTurns(): readonly string[] {
  const found = new Set<string>();
  for (let one = document.querySelector('.turn')?.parentElement; one; one = one.parentElement)
    found.add(getComputedStyle(one).display);
  return [...found];
}

/** Where the canvas lies and how wide it is, in widths of the picture from its corner. */
function canvasOnPicture(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const rect = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
    const [canvas, picture] = [rect('.stage-canvas canvas'), rect('.stage > .picture')];
    return [canvas.x - picture.x, canvas.y - picture.y, canvas.width].map((length) => length / picture.width);
  });
}
