import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { compiledAtOnce } from './hosting/compiled-at-once.ts';
import { contentSecurityPolicy } from './hosting/content-security-policy.ts';
import { firstLoad, inOneFile } from './hosting/first-load.ts';
import { laterManifest } from './hosting/later-manifest.ts';
import { moduleSizes } from './hosting/module-sizes.ts';
import { PRECACHED } from './hosting/precached.ts';
import { staticHost } from './hosting/static-host.ts';
import { webManifest } from './hosting/web-manifest.ts';

// A build for one known model host may narrow where the page can connect (docs/HOSTING.md).
const policy = contentSecurityPolicy(process.env.KOSMOS2_CONNECT);
const host = staticHost(policy);
const sizes = moduleSizes('.cache/module-sizes.json');

/** What the workers' own scripts import (workers/start-worker.ts). */
const SERVES = ['src/runtime/serve.ts', 'src/storage/serve-importer.ts', 'src/runtime/bench/serve-bench.ts'];

export default defineConfig({
  // Relative, so that the built page can be hosted under any path.
  base: './',
  define: {
    __CONTENT_SECURITY_POLICY__: JSON.stringify(policy),
    __BUILD__: JSON.stringify(buildName()),
  },
  plugins: [
    react(),
    host.plugin,
    compiledAtOnce(['first-shared', 'first-own', 'BoxCanvas']),
    sizes(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'service.ts',
      // The page registers it itself, after the model has loaded.
      injectRegister: false,
      manifest: webManifest,
      // The patterns below find the icons and the manifest too, which so get their hashes.
      includeManifestIcons: false,
      integration: {
        beforeBuildServiceWorker({ injectManifest }) {
          injectManifest.additionalManifestEntries = [];
        },
      },
      injectManifest: {
        // Firefox runs no modules as service workers.
        rollupFormat: 'iife',
        ...PRECACHED,
        // The largest weight file a package may have.
        maximumFileSizeToCacheInBytes: 64_000_000,
        dontCacheBustURLsMatching: /^assets\//,
        manifestTransforms: [host.withIntegrity],
      },
    }),
    laterManifest(),
  ],
  worker: {
    format: 'es',
    plugins: () => [sizes()],
    rolldownOptions: { output: { codeSplitting: { groups: inOneFile('serve', SERVES) } } },
  },
  // Its module finds the wasm next to itself; bundled ahead of time it would look in the wrong place.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  // Every browser that runs the model preloads modules by itself.
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'bench.html', 'evaluation.html'],
      output: {
        codeSplitting: {
          groups: firstLoad('src/ui/main.tsx', ['src/ui/bench/main.tsx', 'src/ui/evaluation/main.tsx']),
        },
      },
    },
  },
});

/** Version and commit, by which a bug report tells what it is about. */
function buildName(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
  try {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
    return `${version} (${commit})`;
  } catch {
    // Built from an archive, without the repository.
    return version;
  }
}
