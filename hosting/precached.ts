/**
 * What every visit needs of the built folder, as patterns: a model or anything else that a host lays beside the page comes when a
 * person wants it. The onnxruntime wasm is told to the service worker and kept at first use, the one build this browser needs.
 */
export const PRECACHED = {
  globPatterns: ['**/*.{html,js,css,svg,png,jpg,webp,txt,wasm}', 'models/demo/**', 'self-test/**'],
  globIgnores: ['screenshots/**'],
};
