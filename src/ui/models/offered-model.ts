import { AppError } from '../../protocol/errors.ts';
import { hubNameOf, hubNameParts } from '../../protocol/hub-name.ts';

/**
 * The model that `?model=` names, or else the build (VITE_MODEL_URL): its folder on the web, absolute, ending in `/`, or a
 * repository of the hub (`hf:owner/name`); null where there is none or it is neither.
 * @param base address that a relative one is resolved against
 */
export function offeredModel(search: string, base: string, built: string | undefined): string | null {
  const named = new URLSearchParams(search).get('model') || built;
  if (!named) return null;
  const hub = hubNameOf(named);
  // What a link says is shown in the page's own words: nothing but a name.
  if (hub !== null) return hubNameParts(hub) ? hub : null;
  if (!URL.canParse(named, base)) return null;
  const url = new URL(named, base);
  if (!/^https?:$/.test(url.protocol)) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url.href;
}

/** What is told of a link whose `?model=` names none. */
export function noSuchModel(named: string): AppError {
  const link = named.slice(0, 200);
  const message = `The link names no model: ${JSON.stringify(link)} is neither the address of a folder on the web nor a repository of the hub. Write it like ?model=https://example.org/kosmos-2/ or ?model=hf:microsoft/kosmos-2-patch14-224.`;
  return new AppError('OPTION_INVALID', message, { link });
}
