import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { COMPILE_HINT } from '../../hosting/compiled-at-once.ts';
import { scriptsBeforeWasm } from '../../scripts/check-weight.mjs';
import { launchChromium } from '../support/browser.ts';
import { serveBuiltPage } from '../support/serve.ts';
import { engineReady, lastAnswer } from './open-page.ts';

it('asks for no script before the wasm but those that CI weighs, and for one wasm build', async () => {
  const site = await serveBuiltPage();
  const browser = await launchChromium();
  try {
    // A service worker would fetch everything there is, for later.
    const context = await browser.newContext({ serviceWorkers: 'block', locale: 'en-US' });
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).pathname.slice(1)));
    const page = await context.newPage();
    await page.goto(`${site.url}?backend=wasm`);
    await engineReady(page);
    await lastAnswer(page, 1);

    const isWasm = (file: string) => file.endsWith('.wasm');
    expect([...new Set(asked.filter(isWasm))]).toHaveLength(1);
    const before = asked.slice(0, asked.findIndex(isWasm)).filter((file) => file.endsWith('.js'));
    const weighed = scriptsBeforeWasm(fileURLToPath(new URL('../../dist', import.meta.url)));
    const isRuntime = (file: string) => /\/ort\./.test(file);
    expect(before.filter(isRuntime), 'of two builds this browser needs one').toHaveLength(1);
    const others = [...weighed.page, ...weighed.worker, ...weighed.runtime].filter((file) => !isRuntime(file));
    expect(new Set(before.filter((file) => !isRuntime(file)))).toEqual(new Set(others));
  } finally {
    await browser.close();
    await site.close();
  }
});

it('has the scripts that every visit begins with compiled while they are fetched', () => {
  const dist = fileURLToPath(new URL('../../dist', import.meta.url));
  const first = scriptsBeforeWasm(dist).page.filter((file) => /\/first-/.test(file));
  expect(first).toHaveLength(2);
  for (const file of first) expect(readFileSync(`${dist}/${file}`, 'utf8').startsWith(COMPILE_HINT), file).toBe(true);
});
