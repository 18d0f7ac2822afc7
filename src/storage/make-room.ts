import { AppError } from '../protocol/errors.ts';
import { modelsFolder, storageFailure } from './opfs.ts';
import { withLock } from './with-lock.ts';

/** Journal, manifest and what the file system needs for itself. */
const SPARE_BYTES = 2_000_000;
/** Begins the name of the file that is tried with. */
const PROBE = 'room-';
/** Halvings by which the room there is gets known to a thousandth. */
const STEPS = 10;

/**
 * Checks that so many bytes more can be stored.
 * @throws AppError STORAGE_FULL with how much is missing
 */
export async function makeRoom(bytes: number): Promise<void> {
  const wanted = bytes + SPARE_BYTES;
  const missing = await missingRoom(wanted);
  if (missing === 0) return;
  const size = (value: number) => `${Math.ceil(value / 1e6)} MB`;
  const message = `This model needs ${size(wanted)} of storage and ${size(missing)} are missing. Free disk space or delete a stored model, then try again; a ready model also runs from memory, without being stored.`;
  throw new AppError('STORAGE_FULL', message, { bytes: wanted, missing });
}

/**
 * How many of so many bytes cannot be stored. Browsers answer the question for the room with a round number that tells
 * nothing about a person's disk, so it is tried: a file is given that length, without a byte being written.
 * @throws AppError STORAGE_FAILED, STORAGE_FULL
 */
export function missingRoom(wanted: number): Promise<number> {
  // One at a time: two that try at once take each other's room.
  return withLock('kosmos2-room', {}, async () => {
    const folder = await modelsFolder();
    try {
      await removeProbes(folder);
      const handle = await folder.getFileHandle(`${PROBE}${crypto.randomUUID()}`, { create: true });
      const file = await handle.createSyncAccessHandle();
      try {
        return missingFor(file, wanted);
      } finally {
        file.close();
      }
    } catch (thrown) {
      throw storageFailure(thrown);
    } finally {
      await removeProbes(folder).catch(() => undefined);
    }
  });
}

/** Also those of workers that ended while they tried. */
async function removeProbes(folder: FileSystemDirectoryHandle): Promise<void> {
  for await (const [name, { kind }] of folder.entries()) {
    if (kind === 'file' && name.startsWith(PROBE)) await folder.removeEntry(name);
  }
}

function missingFor(file: FileSystemSyncAccessHandle, wanted: number): number {
  if (takes(file, wanted)) return 0;
  let fits = 0;
  let tooMuch = wanted;
  for (let step = 0; step < STEPS; step++) {
    const half = Math.floor((fits + tooMuch) / 2);
    if (takes(file, half)) fits = half;
    else tooMuch = half;
  }
  return wanted - fits;
}

function takes(file: FileSystemSyncAccessHandle, bytes: number): boolean {
  try {
    file.truncate(bytes);
    return true;
  } catch {
    // Browsers have many names for a length that is too much, but a file that fails otherwise cannot be emptied either.
    file.truncate(0);
    return false;
  }
}
