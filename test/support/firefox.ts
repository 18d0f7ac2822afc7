import puppeteer from 'puppeteer-core';
import type { OtherBrowser } from './other-browser.ts';

/** What a Firefox of Linux does not do by itself yet, though it can: WebGPU, on a software GPU too. */
const WITH_WEBGPU = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/**
 * Starts a Firefox without a window, in a fresh profile.
 * @param path its program
 * @param webgpu whether it is to have WebGPU, through the Vulkan driver that VK_DRIVER_FILES names
 */
export async function openFirefox(path: string, webgpu = false): Promise<OtherBrowser> {
  const extraPrefsFirefox = webgpu ? WITH_WEBGPU : {};
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox,
    // The software GPU compiles for half a minute, and longer beside other work.
    protocolTimeout: 600_000,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  return {
    name: `Firefox ${(await browser.version()).replace(/^\w+\//, '')}`,
    goto: async (url) => void (await page.goto(url, { timeout: 240_000 })),
    run: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    click: (selector) => page.click(selector),
    async type(text) {
      for (const key of text) await page.keyboard.press(key === '\n' ? 'Enter' : (key as 'a'));
    },
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}
