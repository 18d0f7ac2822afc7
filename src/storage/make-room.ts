import { AppError } from '../protocol/errors.ts';

/** Journal, manifest and what the file system needs for itself. */
const SPARE_BYTES = 2_000_000;

/**
 * Checks that so many bytes more can be stored.
 * @throws AppError STORAGE_FULL with how much is missing
 */
export async function makeRoom(bytes: number): Promise<void> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  // A browser that tells nothing is asked by trying.
  if (quota === undefined) return;
  const missing = bytes + SPARE_BYTES - (quota - usage);
  if (missing <= 0) return;
  const size = (value: number) => `${Math.ceil(value / 1e6)} MB`;
  const message = `This model needs ${size(bytes)} of storage and ${size(missing)} are missing. Free disk space or delete a stored model, then try again; a ready model also runs from memory, without being stored.`;
  throw new AppError('STORAGE_FULL', message, { bytes, missing });
}
