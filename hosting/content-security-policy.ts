/**
 * The page's Content-Security-Policy: scripts and workers from the page's own files alone, WebAssembly but no eval, and
 * connections to https hosts only (a person may name any host as the source of a model).
 * @param connect where connections may go besides the page's own origin, as source expressions; a site that serves one
 * model can name that one host
 */
export function contentSecurityPolicy(connect = 'https:'): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    // Pictures a person opened are blobs of the page.
    "img-src 'self' blob: data:",
    `connect-src 'self' blob: ${connect}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/** What makes a page cross-origin isolated, which threads need. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;
