/**
 * What every visit needs of the built folder, by name: a model or anything else that a host lays beside the page comes when a
 * person wants it. The onnxruntime wasm is told to the service worker and kept at first use, the one build this browser needs.
 */
export const PRECACHED = {
  globPatterns: [
    '{index,bench,evaluation}.html',
    '{favicon.svg,manifest.webmanifest}',
    'licences.txt',
    // Not icons: there a stock Apache httpd has files of its own.
    '{app-icons,assets,samples,self-test}/**',
    'models/demo/**',
  ],
};
