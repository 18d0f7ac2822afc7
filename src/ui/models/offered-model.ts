/**
 * Folder of the hosted model that `?model=` names, or else the build (VITE_MODEL_URL): absolute, ending in `/`; null where
 * there is none or it is no http(s) address.
 * @param base address that a relative one is resolved against
 */
export function offeredModel(search: string, base: string, built: string | undefined): string | null {
  const named = new URLSearchParams(search).get('model') || built;
  if (!named || !URL.canParse(named, base)) return null;
  const url = new URL(named, base);
  if (!/^https?:$/.test(url.protocol)) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}
