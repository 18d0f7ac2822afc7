import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, chromiumPath, viewport } from './test/support/chromium.ts';

const launchOptions = {
  // Looked up when the browser starts: the other projects run without one.
  get executablePath() {
    return chromiumPath();
  },
  args: [...chromiumFlags],
};

/** Longer than anything is that is waited for: it comes, or the test fails all the same. */
const expectations = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    // Vitest leaves a core to itself, which of two is half: the unit tests would run one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Files of one worker share what they import, for onnxruntime's WebAssembly takes seconds to compile.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: expectations,
        },
      },
      {
        optimizeDeps: {
          exclude: ['onnxruntime-web'],
          // Loaded late, or by few tests: found while a test runs, they would be bundled then, and the test's page load again.
          include: ['axe-core', 'compromise/two', 'fflate', 'idb', 'react-dom', 'workbox-precaching'],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: 'test/browser/make-small-model.ts',
          setupFiles: 'test/browser/patience.ts',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: expectations,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          isolate: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: expectations,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'others',
          include: ['test/others/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: expectations,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'bulk',
          include: ['test/bulk/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: expectations,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'native',
          include: ['test/native/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
          expect: expectations,
          fileParallelism: false,
        },
      },
    ],
  },
});
