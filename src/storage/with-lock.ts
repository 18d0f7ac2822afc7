import { storageFailure } from './opfs.ts';

/**
 * Runs `work` while it holds a Web Lock; with `ifAvailable` it is told whether it does.
 * @throws AppError STORAGE_FAILED where the browser refuses locks to this window, as it then does its files; the signal's
 * reason; what `work` throws
 */
export async function withLock<T>(
  name: string,
  options: LockOptions,
  work: (lock: Lock | null) => Promise<T>,
): Promise<T> {
  let began = false;
  try {
    return await navigator.locks.request(name, options, (lock) => {
      began = true;
      return work(lock);
    });
  } catch (thrown) {
    throw began || options.signal?.aborted ? thrown : storageFailure(thrown);
  }
}
