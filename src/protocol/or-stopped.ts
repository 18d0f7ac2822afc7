import { AppError } from './errors.ts';

/** What comes of `work`, unless `signal` aborts first; the work then goes on by itself. @throws AppError CANCELLED, what `work` throws */
export async function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new AppError('CANCELLED', 'Stopped.'));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
