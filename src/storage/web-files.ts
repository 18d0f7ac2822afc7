import type { PackageFiles } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import { siteFiles } from './site-files.ts';

/**
 * A package on a web site, to be opened from there: its files come whole, so that the browser's cache keeps them. One of
 * another site whose connection breaks or stalls is read again by ranges, which go on where they broke.
 * @param url absolute address of its folder, ending in `/`
 * @param firstPause milliseconds before a failed request is tried again
 * @param stall milliseconds without a byte after which a connection is given up
 */
export function webFiles(url: string, firstPause?: number, stall?: number): PackageFiles {
  const site = siteFiles(url, stall);
  // What the page comes with its service worker keeps.
  if (!URL.canParse(url) || new URL(url).origin === globalThis.location?.origin) return site;
  return {
    location: url,
    async read(name, options) {
      try {
        return await site.read(name, options);
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.code === 'PACKAGE_FETCH_FAILED')) throw thrown;
        const byRanges = await import('./remote-package.ts').catch(() => null);
        if (!byRanges) throw thrown;
        return byRanges.remotePackage(url, firstPause, stall).read(name, options);
      }
    },
  };
}
