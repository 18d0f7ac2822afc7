import type { PackageFiles, ReadOptions } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';
import { memoryFor } from './memory-for.ts';
import { openRemoteFile } from './remote-file.ts';
import { siteFiles } from './site-files.ts';
import { webFolder } from './web-folder.ts';

/** Read at a time, so that progress shows and a cut connection loses little. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * A package on a web site, read by ranges: a connection that breaks is taken up where it broke, one that stalls is cut,
 * and a file that changes in between ends the reading.
 * @param address http(s) address of its folder
 * @param firstPause milliseconds before a failed request is tried again
 * @param stall milliseconds without a byte after which a connection is given up
 * @throws AppError OPTION_INVALID for any other address
 */
export function remotePackage(address: string, firstPause?: number, stall?: number): PackageFiles {
  const base = webFolder(address);
  const place = {
    location: base.href,
    firstPause,
    stall,
    denied(status: number) {
      const message = `${base.href} refuses to hand out the model (status ${status}). Get it from a place that is open to you.`;
      return new AppError('PACKAGE_FETCH_FAILED', message, { status, location: base.href });
    },
  };
  return {
    location: base.href,
    async read(name, options) {
      try {
        return await readRanges(name, options);
      } catch (thrown) {
        options.signal?.throwIfAborted();
        if (!(thrown instanceof AppError && thrown.code === 'PACKAGE_FETCH_FAILED')) throw thrown;
        // The simplest hosts know no ranges: then a file comes whole or not at all.
        return await siteFiles(base.href)
          .read(name, options)
          .catch(() => {
            throw thrown;
          });
      }
    },
  };

  async function readRanges(name: string, { maxBytes, signal, onProgress }: ReadOptions): Promise<Uint8Array> {
    const file = await openRemoteFile({ url: new URL(encodeURIComponent(name), base), name, place }, signal);
    if (!file) {
      const message = `${name} is missing: nothing at ${base.href}. Check the address of the model's folder.`;
      throw new AppError('PACKAGE_FILE_MISSING', message, { file: name });
    }
    if (file.size > maxBytes) {
      const message = `${name} at ${base.href} has ${file.size} bytes, more than the ${maxBytes} it may have. Get the model from another place.`;
      throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, actual: file.size, maxBytes });
    }
    const bytes = memoryFor(name, file.size);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      bytes.set(await file.read(at, Math.min(PIECE_BYTES, bytes.length - at), signal), at);
      onProgress?.(Math.min(at + PIECE_BYTES, bytes.length));
    }
    return bytes;
  }
}
