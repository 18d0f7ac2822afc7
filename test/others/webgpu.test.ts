import { expect, it } from 'vitest';
import { openFirefox, WITH_WEBGPU } from '../support/firefox.ts';
import { until } from '../support/other-browser.ts';
import { servePlainly } from '../support/plain-host.ts';
import { CAPTION, OtherPage } from './other-page.ts';

const { FIREFOX_PATH, VK_DRIVER_FILES } = process.env;

it.skipIf(!FIREFOX_PATH || !VK_DRIVER_FILES)(
  'on the WebGPU of Firefox, which is none of Chromium’s, the answers are the same, and the self-test passes',
  async () => {
    const host = await servePlainly();
    const page = new OtherPage(await openFirefox(FIREFOX_PATH ?? '', WITH_WEBGPU));
    try {
      await page.visit(host, '?backend=webgpu');
      expect(await page.answers(1)).toEqual([CAPTION]);
      expect(await page.browser.run('document.documentElement.dataset.backend')).toBe('webgpu');
      await page.find('a turtle');
      expect(await page.answers(2)).toEqual([CAPTION, 'a turtle']);
      // Kept for the next visit, as each verdict is.
      const verdict = `caches.open('kosmos2-self-tests').then(async (cache) => {
        const [request] = await cache.keys();
        return request ? (await cache.match(request)).text() : null;
      })`;
      expect(await until<string>(page.browser, verdict)).toBe('passed');
      expect(await page.faults()).toEqual([]);
    } finally {
      await page.browser.close();
      await host.close();
    }
  },
);
