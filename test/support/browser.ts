import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { chromiumFlags, chromiumPath } from './chromium.ts';

/** Starts a headless Chromium with software WebGPU in float32; `flags` are added. Close it when done. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags, ...flags] });
}

/** The same with float16 in shaders, as most visitors' browsers have it, where the software GPU is one that can. */
export function launchWithFloat16(): Promise<Browser> {
  const env = { ...process.env, SOFTWARE_GPU_FLOAT16: '1' } as Record<string, string>;
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags], env });
}

/** The same with a profile that is kept in a folder, as a person's is; a second start finds what the first left there. */
export function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), args: [...chromiumFlags] });
}
