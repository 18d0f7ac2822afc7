import puppeteer from 'puppeteer-core';
import type { OtherBrowser } from './other-browser.ts';

/** Starts a Firefox without a window, in a fresh profile; `path` is its program. */
export async function openFirefox(path: string): Promise<OtherBrowser> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: path, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  return {
    name: `Firefox ${(await browser.version()).replace(/^\w+\//, '')}`,
    goto: async (url) => void (await page.goto(url)),
    run: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    click: (selector) => page.click(selector),
    async type(text) {
      for (const key of text) await page.keyboard.press(key === '\n' ? 'Enter' : (key as 'a'));
    },
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}
