import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { scriptsBeforeWasm } from '../../scripts/check-weight.mjs';
import { launchChromium } from '../support/browser.ts';
import { servePlainly } from '../support/plain-host.ts';
import { lastAnswer, openPage } from './open-page.ts';

/** What the first caption needs besides the scripts before the wasm, which CI weighs. */
const NEEDED: readonly (readonly [RegExp, string])[] = [
  [/^index\.html$/, 'the page'],
  [/^assets\/.*\.css$/, 'its styles'],
  [/^favicon\.svg$/, 'asked for by the browser itself'],
  [/^samples\/bike-turtle\.png$/, 'the picture'],
  [/^models\/demo\//, 'the model'],
  [/^assets\/.*\.wasm$/, 'the runtime'],
  [/^assets\/ort\..*\.js$/, 'its script, of which CI weighs the larger of two'],
  [
    /^assets\/(open-engine|kv-cache|token-probabilities|random|typed-view)-.*\.js$/,
    'what opens and answers, read while the wasm comes',
  ],
  [/^assets\/tokenizer-.*\.js$/, 'the words, read while the weights come'],
  [/^assets\/gpu-logits-.*\.js$/, 'the choice of tokens on the GPU'],
  [/^assets\/(BoxCanvas|konva|palette)[\w.-]*\.js$/, 'the boxes and their colours'],
];

const weighed = Object.values(scriptsBeforeWasm(fileURLToPath(new URL('../../dist', import.meta.url)))).flat();

it('on a first visit nothing is fetched before the caption that the caption does not need, and all the rest behind it', async () => {
  const host = await servePlainly({ beside: { half: (_, response) => response.writeHead(204).end() } });
  const browser = await launchChromium();
  try {
    // The software GPU writes slowly enough to tell before from behind. The server is told when half of the caption is
    // there, and so has everything in one order: at its end all the rest begins at once.
    const { page, complaints } = await openPage(browser, `${host.url}?backend=webgpu`, (fresh) =>
      fresh.addInitScript(() => {
        const watch = new MutationObserver(() => {
          if (document.querySelectorAll('.turn .answer .phrase').length < 2) return;
          watch.disconnect();
          void fetch('./half');
        });
        watch.observe(document, { subtree: true, childList: true });
      }),
    );
    const words = await lastAnswer(page, 1);
    expect(await page.locator('html').getAttribute('data-backend')).toBe('webgpu');
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated'));
    const half = host.asked.indexOf('half');
    const before = [...new Set(host.asked.slice(0, half))];
    expect(before.filter((file) => !weighed.includes(file) && !NEEDED.some(([pattern]) => pattern.test(file)))).toEqual(
      [],
    );
    const behind = host.asked.slice(half);
    expect(behind).toContain('service.js');
    expect(behind).toContain('samples/two-pigs.png');
    for (const thing of ['a bike', 'a castle', 'a flower', 'a turtle']) expect(words).toContain(thing);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await host.close();
  }
});
