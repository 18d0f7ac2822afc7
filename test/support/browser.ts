import { type Browser, chromium } from 'playwright-core';
import { chromiumFlags, chromiumPath } from './chromium.ts';

/** Starts a headless Chromium with software WebGPU; `flags` are added. Close it when done. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags, ...flags] });
}
