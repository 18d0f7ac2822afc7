import type { ManifestOptions } from 'vite-plugin-pwa';

/** What an installed KOSMOS-2 is to the system. All addresses are relative: the page may lie under any path. */
export const webManifest: Partial<ManifestOptions> = {
  // Without an id: one is read against the origin, and every page on it would be the same app.
  name: 'KOSMOS-2 in your browser',
  short_name: 'KOSMOS-2',
  description: 'Give it a picture: KOSMOS-2 describes it and points at what it says, on your own device.',
  lang: 'en',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#fdfdfb',
  theme_color: '#fdfdfb',
  categories: ['photo', 'productivity', 'utilities'],
  icons: [
    { src: './app-icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: './app-icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: './app-icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: './favicon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
  screenshots: [
    { src: './screenshots/wide.webp', sizes: '1280x800', type: 'image/webp', form_factor: 'wide' },
    { src: './screenshots/narrow.webp', sizes: '780x1688', type: 'image/webp', form_factor: 'narrow' },
  ],
  shortcuts: [
    { name: 'Find something in a picture', short_name: 'Find', url: './?mode=find' },
    { name: 'Ask about a picture', short_name: 'Ask', url: './?mode=ask' },
  ],
  // The service worker answers this address, and the page is only to be installed once it runs. A browser that has cleared it
  // since sends the picture to the server.
  share_target: {
    action: './share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: 'picture', accept: ['image/*'] }] },
  },
  file_handlers: [
    {
      action: './',
      accept: {
        'image/png': ['.png'],
        'image/jpeg': ['.jpg', '.jpeg'],
        'image/webp': ['.webp'],
        'image/gif': ['.gif'],
        'image/avif': ['.avif'],
        'image/bmp': ['.bmp'],
      },
    },
  ],
};
