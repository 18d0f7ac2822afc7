import { afterEach, describe, expect, it, vi } from 'vitest';
import { mesaChromium } from '../../../scripts/software-gpu/mesa-chromium.mjs';

afterEach(() => vi.unstubAllEnvs());

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('a Chromium with Mesa’s driver', () => {
  it('is not made where SwiftShader is asked for', () => {
    vi.stubEnv('SOFTWARE_GPU', 'swiftshader');
    expect(mesaChromium(process.execPath)).toEqual({ missing: 'SOFTWARE_GPU asks for SwiftShader.' });
  });

  it('is not made of a program without SwiftShader, nor without the driver, and it is said which', () => {
    expect(mesaChromium(process.execPath).missing).toMatch(/has no libvk_swiftshader\.so beside it|is not installed/);
  });
});
