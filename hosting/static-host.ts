import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import type { VitePWAOptions } from 'vite-plugin-pwa';
import { ISOLATION_HEADERS } from './content-security-policy.ts';
import { licencesText } from './licences.ts';

type ManifestTransform = NonNullable<NonNullable<VitePWAOptions['injectManifest']>['manifestTransforms']>[number];

export interface StaticHost {
  readonly plugin: Plugin;
  /** Gives every file of the precache its hash, so that the service worker can tell a damaged copy and replace it. */
  readonly withIntegrity: ManifestTransform;
}

/** Finishes the folder that is served: the policy in the page, `_headers` for hosts that read it, licences, and a last word. */
export function staticHost(policy: string): StaticHost {
  let config: ResolvedConfig;
  let written = false;
  const folder = () => resolve(config.root, config.build.outDir);
  const plugin: Plugin = {
    name: 'static-host',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    transformIndexHtml: () => [
      {
        tag: 'meta',
        // Before everything it rules over.
        injectTo: 'head-prepend',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(policy) });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText(config.root) });
    },
    writeBundle() {
      written = true;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        if (!written) return;
        const sizes = (readdirSync(folder(), { recursive: true }) as string[])
          .map((name) => statSync(join(folder(), name)))
          .filter((stat) => stat.isFile())
          .map(({ size }) => size);
        const megabytes = (sizes.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(1);
        config.logger.info(
          `\nReady to serve from any static host, under any path (docs/HOSTING.md):\n${folder()}  ${sizes.length} files, ${megabytes} MB, the largest ${(Math.max(...sizes) / 1e6).toFixed(1)} MB\n`,
        );
      },
    },
  };
  const withIntegrity: ManifestTransform = (entries) => ({
    manifest: entries.map((entry) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(folder(), entry.url)))
        .digest('base64');
      return { ...entry, integrity: `sha256-${digest}` };
    }),
  });
  return { plugin, withIntegrity };
}

/** In the format of Netlify and Cloudflare Pages. Files under assets/ carry their hash in their name. */
function headersFile(policy: string): string {
  const everywhere = {
    ...ISOLATION_HEADERS,
    'Content-Security-Policy': `${policy}; frame-ancestors 'self'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
  const lines = Object.entries(everywhere).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '', '/assets/*', '  Cache-Control: public, max-age=31536000, immutable', ''].join('\n');
}
