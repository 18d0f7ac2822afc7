import { expect, it } from 'vitest';
import { launchWithFloat16 } from '../support/browser.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { siteInBrowser } from '../support/site-in-browser.ts';
import { engineReady, fact, lastAnswer, openDialog, openPage } from './open-page.ts';

const { site, browser } = await siteInBrowser(serveBuiltPage, launchWithFloat16);

it('in float16 the sample’s caption is right, and the same from a recording of single tokens', async () => {
  const { page, complaints } = await openPage(browser, `${site.url}?backend=webgpu&capture=on`);
  await engineReady(page);
  const words = await lastAnswer(page, 1);
  for (const thing of ['a bike', 'a castle', 'a flower', 'a turtle']) expect(words).toContain(thing);

  await openDialog(page, 'Diagnostics…');
  // SwiftShader, where Mesa's driver cannot be had, has no float16.
  const float16 = await page.evaluate(async () => (await navigator.gpu.requestAdapter())?.features.has('shader-f16'));
  expect(await fact(page, 'runs on')).toMatch(float16 ? /, f16$/ : /, f32$/);
  await expect
    .poll(() => fact(page, 'graph capture'), { timeout: 120_000 })
    .toMatch(/^on: all \d+ logits are the plain ones/);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Again', exact: true }).click();
  expect(await lastAnswer(page, 2)).toBe(words);
  expect(complaints).toEqual([]);
});
