import { systemChromium } from '../../scripts/chromium.mjs';
import { mesaChromium } from '../../scripts/software-gpu/mesa-chromium.mjs';

/** The size of the page in browser and end-to-end tests: a laptop's window. */
export const viewport = { width: 1280, height: 800 } as const;

/**
 * The flags under which headless Chromium has a WebGPU adapter without a GPU: on the CPU and exact, SwiftShader or what stands
 * in its place.
 */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

let found: string | undefined;

/**
 * The Chromium to test in: CHROMIUM_PATH, which `npm test` sets, else the system's; with Mesa's quick software GPU where that
 * can be. Throws where there is none.
 */
export function chromiumPath(): string {
  if (found) return found;
  const here = process.env.CHROMIUM_PATH || systemChromium();
  if (!here)
    throw new Error('There is no Chromium: run `npm test`, which finds or installs one, or set CHROMIUM_PATH.');
  found = mesaChromium(here).path ?? here;
  return found;
}
