import { AppError } from '../protocol/errors.ts';
import { withLock } from './with-lock.ts';

/**
 * Runs `work` while no other window of this origin writes (`exclusive`) or reads (`shared`) the same stored model.
 * @param onWait called when another window has it
 * @throws AppError STORAGE_FAILED where the browser refuses locks; what `work` throws
 */
export async function withModelLock<T>(
  name: string,
  mode: LockMode,
  work: () => Promise<T>,
  { signal, onWait }: { readonly signal?: AbortSignal | undefined; readonly onWait?: (() => void) | undefined } = {},
): Promise<T> {
  const lock = lockOf(name);
  const free = await withLock(lock, { mode, ifAvailable: true }, async (held) =>
    held ? { result: await work() } : null,
  );
  if (free) return free.result;
  onWait?.();
  return withLock(lock, { mode, ...(signal && { signal }) }, work);
}

/** For a worker that was just ended to let go. */
const PATIENCE = 2000;

/**
 * Runs `work` unless the stored model is being written or read: that can take an hour, after which nobody expects it any more.
 * @throws AppError STORAGE_FAILED where it is, and where the browser refuses locks
 */
export async function withFreeModel<T>(name: string, work: () => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(PATIENCE);
  let began = false;
  const begin = () => {
    began = true;
    return work();
  };
  try {
    return await withLock(lockOf(name), { mode: 'exclusive', signal }, begin);
  } catch (cause) {
    if (began || !signal.aborted) throw cause;
    const message = `${name} is being fetched or read just now. Stop that first, also in other windows, and try again.`;
    throw new AppError('STORAGE_FAILED', message, { name, what: 'in use' }, cause);
  }
}

const lockOf = (name: string) => `kosmos2-model-${name}`;
