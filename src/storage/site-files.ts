import type { PackageFiles, ReadOptions } from '../package/model-package.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';
import { memoryFor } from './memory-for.ts';

/** A connection on which nothing came for so many milliseconds is as good as cut. */
const STALL = 60_000;

/**
 * A package on a web site.
 * @param url absolute address of its folder, ending in `/`
 * @param stall milliseconds without a byte after which a connection is given up
 */
export function siteFiles(url: string, stall = STALL): PackageFiles {
  return {
    location: url,
    async read(name, options) {
      const stalled = new AbortController();
      const wait = () => setTimeout(() => stalled.abort(new Error(`nothing came for ${stall / 1000} s`)), stall);
      let timer = wait();
      const onProgress = (received: number) => {
        clearTimeout(timer);
        timer = wait();
        options.onProgress?.(received);
      };
      const signal = options.signal ? AbortSignal.any([options.signal, stalled.signal]) : stalled.signal;
      try {
        return await fetchFile(name, new URL(name, url), { ...options, signal, onProgress });
      } catch (thrown) {
        if (thrown instanceof AppError) throw thrown;
        if (options.signal?.aborted) throw new AppError('CANCELLED', 'The download was stopped.', {}, thrown);
        // fetch says no more than "failed" for no network, no such host, a broken connection and a refused origin.
        const reason = reasonOf(thrown);
        const message = `${name} could not be fetched from ${url} (${reason}). Check the connection and try again.`;
        throw new AppError('PACKAGE_FETCH_FAILED', message, { file: name, url }, thrown);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function fetchFile(name: string, url: URL, { maxBytes, signal, onProgress }: ReadOptions): Promise<Uint8Array> {
  // Asks whether a cached copy is still right: a manifest of today must not meet a shard of yesterday.
  const response = await fetch(url, { cache: 'no-cache', ...(signal && { signal }) });
  const stop = () => response.body?.cancel();
  if (!response.ok) {
    await stop();
    throw badStatus(name, url, response.status);
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    // Servers of single-page apps answer every unknown address with their page.
    await stop();
    throw missing(name, url, 'a web page came instead');
  }
  // At most 64 MB by the manifest's bounds; one buffer of the expected size saves joining pieces.
  const bytes = memoryFor(name, maxBytes);
  let received = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    if (received + piece.value.length > maxBytes) {
      await reader?.cancel();
      const message = `${name} at ${url} is larger than the ${maxBytes} bytes it may have. Get or import the package again.`;
      throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, maxBytes });
    }
    bytes.set(piece.value, received);
    received += piece.value.length;
    onProgress?.(received);
  }
  return bytes.subarray(0, received);
}

function badStatus(name: string, url: URL, status: number): AppError {
  if (status === 404 || status === 410) return missing(name, url, `status ${status}`);
  const message = `${name} could not be fetched: ${url} answered with status ${status}. Try again later.`;
  return new AppError('PACKAGE_FETCH_FAILED', message, { file: name, status });
}

function missing(name: string, url: URL, what: string): AppError {
  const message = `${name} is missing: nothing at ${url} (${what}). Check the address of the model's folder.`;
  return new AppError('PACKAGE_FILE_MISSING', message, { file: name });
}
