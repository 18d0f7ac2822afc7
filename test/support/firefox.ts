import puppeteer from 'puppeteer-core';
import { type OtherBrowser, placesOn } from './other-browser.ts';

/** What a Firefox of Linux does not do by itself yet, though it can: WebGPU, on a software GPU too, through the Vulkan driver that VK_DRIVER_FILES names. */
export const WITH_WEBGPU = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/**
 * Starts a Firefox without a window, in a fresh profile.
 * @param path its program
 * @param prefs what is to be otherwise than by itself, by the names of about:config
 */
export async function openFirefox(path: string, prefs: Readonly<Record<string, unknown>> = {}): Promise<OtherBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox: prefs,
    // The software GPU compiles for half a minute, and longer beside other work.
    protocolTimeout: 600_000,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const firefox: OtherBrowser = {
    name: `Firefox ${(await browser.version()).replace(/^\w+\//, '')}`,
    goto: async (url) => void (await page.goto(url, { timeout: 240_000 })),
    run: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    click: (selector) => page.click(selector),
    async drag(selector, from, to) {
      const [start, end] = await placesOn(firefox, selector, from, to);
      await page.mouse.move(...start);
      await page.mouse.down();
      await page.mouse.move(...end, { steps: 5 });
      await page.mouse.up();
    },
    async type(text) {
      for (const key of text) await page.keyboard.press(key === '\n' ? 'Enter' : (key as 'a'));
    },
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
  return firefox;
}
