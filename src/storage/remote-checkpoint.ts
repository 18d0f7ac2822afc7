import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { AppError } from '../protocol/errors.ts';
import { openRemoteFile } from './remote-file.ts';
import { webFolder } from './web-folder.ts';

/**
 * A checkpoint in a folder of any web site that answers ranges (and, for pages of other origins, allows CORS).
 * @param address http(s) address of the folder
 * @param firstPause milliseconds before a failed request is tried again
 * @throws AppError OPTION_INVALID for any other address
 */
export function remoteCheckpoint(address: string, firstPause?: number): CheckpointFiles {
  const base = webFolder(address);
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
