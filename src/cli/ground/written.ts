import { AppError } from '../../protocol/errors.ts';

/**
 * What comes of writing a file or folder of a run.
 * @throws AppError STORAGE_FULL or STORAGE_FAILED where the disk refuses; everything else as it is
 */
export async function written<T>(place: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw cause;
    const message = `${place} could not be written to (${code}). Free some space there or choose another --out; what was answered is kept; --resume goes on from it.`;
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new AppError(full ? 'STORAGE_FULL' : 'STORAGE_FAILED', message, { place, reason: code }, cause);
  }
}
