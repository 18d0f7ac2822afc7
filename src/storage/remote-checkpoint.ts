import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { AppError } from '../protocol/errors.ts';
import { openRemoteFile } from './remote-file.ts';

/** Names of the own machine, to which nothing travels over a network. */
export const OWN_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A checkpoint in a folder of any web site that answers ranges (and, for pages of other origins, allows CORS).
 * @param address http(s) address of the folder
 * @param firstPause milliseconds before a failed request is tried again
 * @throws AppError OPTION_INVALID for any other address
 */
export function remoteCheckpoint(address: string, firstPause?: number): CheckpointFiles {
  const base = folderUrl(address);
  const place = {
    location: base.href,
    firstPause,
    denied(status: number) {
      const message = `${base.href} refuses to hand out the checkpoint (status ${status}). Get it from a place that is open to you.`;
      return new AppError('CHECKPOINT_DENIED', message, { status, location: base.href });
    },
  };
  let handsOut = false;
  return {
    location: base.href,
    async open(name, signal) {
      try {
        const file = await openRemoteFile({ url: new URL(encodeURIComponent(name), base), name, place }, signal);
        handsOut ||= file !== null;
        return file;
      } catch (thrown) {
        // Stores that tell nobody what they hold (S3, Google's) refuse what is not there, too.
        if (handsOut && isRefusal(thrown)) return null;
        throw thrown;
      }
    },
  };
}

/** Whether a server has said 401 or 403. */
export function isRefusal(thrown: unknown): boolean {
  return thrown instanceof AppError && (thrown.details.status === 401 || thrown.details.status === 403);
}

/**
 * The address of a folder on the web, ending in `/`.
 * @throws AppError OPTION_INVALID
 */
export function folderUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password) {
    checkReachable(url);
    url.search = '';
    url.hash = '';
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return url;
  }
  const message = `${JSON.stringify(address.slice(0, 200))} is no address of a folder on the web; give one like https://example.org/kosmos-2/.`;
  throw new AppError('OPTION_INVALID', message, { address: address.slice(0, 200) });
}

/** A page that came over https is let go to no other address, but on the own machine; Node may go anywhere. */
function checkReachable({ protocol, hostname, host }: URL): void {
  const page: { readonly protocol: string } | undefined = globalThis.location;
  if (page?.protocol !== 'https:' || protocol === 'https:' || OWN_HOSTS.has(hostname)) return;
  const message = `Browsers fetch nothing from http://${host} for a page that came over https. Give the https address of the same folder, if it has one.`;
  throw new AppError('OPTION_INVALID', message, { insecure: `http://${host}` });
}
