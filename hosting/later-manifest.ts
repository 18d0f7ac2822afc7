import type { Plugin } from 'vite';

/**
 * Takes the web manifest out of the page until its service worker runs (install-service.ts puts it in): a picture that is shared
 * with an installed page is answered by the service worker, and would go to the server where there is none.
 * To be named after the plugin that puts it in.
 */
export function laterManifest(): Plugin {
  return {
    name: 'later-manifest',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<link rel="manifest"', '<link rel="later-manifest"'),
    },
  };
}
