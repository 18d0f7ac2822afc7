import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { expect, it } from 'vitest';
import { openFirefox } from '../support/firefox.ts';
import { until } from '../support/other-browser.ts';
import { servePlainly } from '../support/plain-host.ts';
import { OtherPage } from './other-page.ts';

const { FIREFOX_PATH } = process.env;
const WEIGHTS = 'model-00001-of-00001.safetensors';

/** Damages a stored model's weights in their middle. */
const DAMAGE = `(async () => {
  const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models');
  for await (const model of models.values()) {
    const file = await model.getFileHandle('${WEIGHTS}');
    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
    bytes[bytes.length >> 1] ^= 255;
    const stream = await file.createWritable();
    await stream.write(bytes);
    await stream.close();
  }
  return true;
})()`;

/** WebKitGTK has no private file system. */
it.skipIf(!FIREFOX_PATH)(
  'in Firefox a model is kept, opened without its place, and mended from there by the damaged file alone',
  async () => {
    let isThere = true;
    let asked: string[] = [];
    const models: RequestListener = async ({ url = '' }, response) => {
      const name = url.split('/').at(-1) ?? '';
      asked.push(name);
      const bytes = isThere && (await readFile(`public/models/demo/${name}`).catch(() => null));
      response.writeHead(bytes ? 200 : 404).end(bytes || '');
    };
    const host = await servePlainly({ beside: { model: models } });
    const page = new OtherPage(await openFirefox(FIREFOX_PATH ?? ''));
    const { browser } = page;
    const opened = `localStorage.getItem('kosmos2-model')?.startsWith('stored:') && document.documentElement.dataset.engine === 'ready'`;
    const asksRightly = async () => {
      await page.find('a turtle');
      expect((await page.allAnswers()).at(-1)).toBe('a turtle');
    };
    try {
      await page.visit(host, '?model=model/');
      const get = `[...document.querySelectorAll('dialog[open] button')].find(({ textContent }) => textContent === 'Get and open')`;
      await until(browser, `!!${get}`);
      await browser.run(`(${get}.click(), true)`);
      await until(browser, opened);
      await asksRightly();

      isThere = false;
      await page.visit(host);
      expect(await browser.run(opened)).toBe(true);
      await asksRightly();

      isThere = true;
      asked = [];
      await browser.run(DAMAGE);
      await page.visit(host);
      expect(await browser.run(opened)).toBe(true);
      expect(new Set(asked)).toEqual(new Set([WEIGHTS]));
      await asksRightly();
      expect(await page.faults()).toEqual([]);
    } finally {
      await browser.close();
      await host.close();
    }
  },
);
