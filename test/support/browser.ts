import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';
import { chromiumFlags, chromiumPath } from './chromium.ts';

const COMPILED_QUICKLY = '--js-flags=--liftoff-only';

/** Milliseconds for whatever is waited for in a page: a model is opened meanwhile, on a machine with other things to do. */
const PATIENCE = 240_000;

/** Starts a headless Chromium with software WebGPU in float32; `flags` are added. Close it when done. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return launch({ args: [...chromiumFlags, ...flags] });
}

/**
 * The same for tests of what is around the model: WebAssembly is compiled quickly, and not a second time well, which takes
 * seconds of both cores in each new page. Answers are the same, later.
 */
export function launchQuickly(): Promise<Browser> {
  return launchChromium([COMPILED_QUICKLY]);
}

/** The same with float16 in shaders, as most visitors' browsers have it, where the software GPU is one that can. */
export function launchWithFloat16(): Promise<Browser> {
  const env = { ...process.env, SOFTWARE_GPU_FLOAT16: '1' } as Record<string, string>;
  return launch({ args: [...chromiumFlags], env });
}

/** As `launchQuickly`, with a profile that is kept in a folder, as a person's is; a second start finds what the first left there. */
export async function launchProfile(folder: string): Promise<BrowserContext> {
  const args = [...chromiumFlags, COMPILED_QUICKLY];
  const context = await chromium.launchPersistentContext(folder, { executablePath: chromiumPath(), args });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** Starts a headless Chromium that has no WebGPU. */
export function launchWithoutWebGpu(): Promise<Browser> {
  return launch({ args: ['--no-sandbox'] });
}

async function launch(options: LaunchOptions): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), ...options });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE));
  return browser;
}
