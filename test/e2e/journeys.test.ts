import type { Browser, Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { steadyRandom } from '../support/steady-random.ts';
import { engineReady, firstBoxOf, lastAnswer } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage);

async function visit(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  await steadyRandom(page, 11);
  await page.goto(`${site.url}?backend=wasm`);
  await engineReady(page);
  await lastAnswer(page, 1);
  return page;
}

/** Presses Tab until something has the focus, as a person without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}`);
}

it('by keyboard alone: a scene is made, its dog is pointed at and named, and the cat on the left is found', async () => {
  const page = await visit({ viewport: { width: 1280, height: 800 } });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const thing = (at: number) => page.locator('.scene-thing').nth(at);

  await tabTo(page, button('Make a scene'));
  await page.keyboard.press('Enter');
  await tabTo(page, button('Clear'));
  await page.keyboard.press('Enter');
  for (const kind of ['dog', 'cat', 'cat']) {
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type(kind);
    await tabTo(page, button(`Add ${kind}`));
    await page.keyboard.press('Enter');
  }
  // The dog to the bottom, one cat to the left, the other to the right; all a little larger.
  for (const [at, ways] of [['ArrowDown'], ['ArrowLeft', 'ArrowUp'], ['ArrowRight', 'ArrowUp']].entries()) {
    await tabTo(page, thing(at));
    for (let pressed = 0; pressed < 20; pressed++) {
      for (const way of ways) await page.keyboard.press(`Shift+${way}`);
    }
    for (let pressed = 0; pressed < 4; pressed++) await page.keyboard.press('+');
  }
  await tabTo(page, button('Use this scene'));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.src.startsWith('blob:'));
  await lastAnswer(page, 1);

  await tabTo(page, page.locator('.box-list button[tabindex="0"]'));
  const reached = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  for (let pressed = 0; pressed < 5 && !/dog/.test(await reached()); pressed++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('w');
  expect(await lastAnswer(page, 2)).toMatch(/dog/);

  await tabTo(page, page.locator('input[name=mode]:checked'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, page.locator('#composer-field'));
  await page.keyboard.type('the cat on the left');
  await page.keyboard.press('Enter');
  await lastAnswer(page, 3);
  const [x1 = 1, , x2 = 1] = (await firstBoxOf(page, 2)) ?? [];
  expect((x1 + x2) / 2).toBeLessThan(0.4);
  expect(await page.locator('.turn').last().locator('.scene-score').textContent()).toBe('The box is right.');
  await page.context().close();
});

it('by touch: a box is tapped and named, a finger that rests draws a region, and two zoom', async () => {
  const page = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const fingers = await page.context().newCDPSession(page);
  const touch = (type: string, ...points: readonly (readonly [number, number])[]) =>
    fingers.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  const place = async (selector: string) => {
    // The page scrolls to what was answered a frame after it is there.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const box = await page.locator(selector).first().boundingBox();
    if (!box) throw new Error(`${selector} is nowhere`);
    return { at: (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const };
  };

  await page.touchscreen.tap(...(await place('.box-list li[data-entity="4"] button')).at(0.5, 0.5));
  await page.locator('.box-actions button').first().tap();
  expect(await lastAnswer(page, 2)).toMatch(/turtle/);

  const picture = await place('img.picture');
  await touch('touchStart', picture.at(0.05, 0.08));
  await page.locator('.sketch').waitFor();
  await touch('touchMove', picture.at(0.3, 0.3));
  await touch('touchMove', picture.at(0.45, 0.5));
  await touch('touchEnd');
  await page.locator('.box-actions button').first().tap();
  expect(await lastAnswer(page, 3)).toMatch(/bike/);

  const now = await place('img.picture');
  await touch('touchStart', now.at(0.4, 0.5), now.at(0.6, 0.5));
  for (const spread of [0.15, 0.25, 0.35]) {
    await touch('touchMove', now.at(0.5 - spread, 0.5), now.at(0.5 + spread, 0.5));
  }
  await touch('touchEnd');
  await page.locator('.stage[data-zoomed]').waitFor();
  await page.context().close();
});
