import { expect, it } from 'vitest';
import { launchQuickly } from '../support/browser.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { steadyRandom } from '../support/steady-random.ts';
import { ask, engineReady, lastAnswer } from './open-page.ts';

it('a scene that is shuffled and used is captioned by itself, and the page says how right each answer is, also after a reload', async () => {
  const site = await serveBuiltPage();
  const browser = await launchQuickly();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    await steadyRandom(page, 5);
    await page.goto(`${site.url}?backend=wasm`);
    await engineReady(page);
    await lastAnswer(page, 1);

    await page.getByRole('button', { name: 'Make a scene' }).click();
    await page.getByRole('button', { name: 'Shuffle' }).click();
    const things = await page.locator('.scene-thing').evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel ?? ''));
    const [kind = ''] = things[0]?.split(',') ?? [];
    await page.getByRole('button', { name: 'Use this scene' }).click();
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.src.startsWith('blob:'));

    expect(await lastAnswer(page, 1)).toContain(kind);
    const scores = page.locator('.scene-score');
    expect(await scores.last().textContent()).toMatch(/^(The box is|Both boxes are|All \d boxes are) right\.$/);
    await ask(page, 'ask', `Is there a ${kind}?`);
    await lastAnswer(page, 2);
    expect(await scores.last().textContent()).toBe('The answer is right.');

    await page.reload();
    await engineReady(page);
    await page.locator('.thumb').last().click();
    await scores.last().waitFor();
    expect(await scores.allTextContents()).toHaveLength(2);
  } finally {
    await browser.close();
    await site.close();
  }
});
