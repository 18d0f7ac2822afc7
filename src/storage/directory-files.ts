import type { PackageFiles } from '../package/model-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { plainName } from '../package/plain-name.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';
import { isStorageFull } from '../protocol/storage-full.ts';

/** A package in a folder of the browser: one of the private file system, or one a person has chosen. */
function directoryFiles(folder: FileSystemDirectoryHandle): PackageFiles {
  return {
    location: folder.name,
    async read(name, { maxBytes, signal, onProgress }) {
      const file = await openFile(folder, name);
      if (file.size > maxBytes) {
        const message = `${name} in ${folder.name} has ${file.size} bytes, more than the ${maxBytes} it may have. Get the model again.`;
        throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, actual: file.size, maxBytes });
      }
      signal?.throwIfAborted();
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        onProgress?.(bytes.length);
        return bytes;
      } catch (cause) {
        // What the disk has lost is found when it is read.
        const message = `${name} in ${folder.name} could not be read (${reasonOf(cause)}). Get the model again.`;
        throw new AppError('PACKAGE_FILE_INVALID', message, { file: name }, cause);
      }
    },
  };
}

/** Writes a package into such a folder. */
export function directorySink(folder: FileSystemDirectoryHandle): PackageSink {
  return {
    ...directoryFiles(folder),
    async write(name, bytes) {
      try {
        await writeFile(await folder.getFileHandle(plainName(name), { create: true }), bytes);
      } catch (cause) {
        throw writeFailure(folder, name, bytes.length, cause);
      }
    },
    async remove(name) {
      try {
        await folder.removeEntry(plainName(name));
      } catch (cause) {
        if (isMissing(cause)) return;
        const message = `${name} in ${folder.name} could not be removed (${reasonOf(cause)}). Close other windows of this page and try again.`;
        throw new AppError('STORAGE_FAILED', message, { file: name }, cause);
      }
    },
  };
}

/** Smaller files are put in place whole: with a journal that is cut off everything it tells of would be lost. */
const LEAST_IN_PLACE = 1_000_000;

/** A write that is cut off leaves a file that is too short, or the one before. */
async function writeFile(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const swaps = bytes.length < LEAST_IN_PLACE && 'createWritable' in handle;
  const sync = swaps ? null : await openSync(handle);
  if (sync) {
    try {
      sync.truncate(0);
      for (let at = 0; at < bytes.length; ) {
        const written = sync.write(bytes.subarray(at), { at });
        if (written === 0) throw new DOMException('The disk took no more bytes.', 'QuotaExceededError');
        at += written;
      }
      sync.flush();
    } finally {
      sync.close();
    }
    return;
  }
  const stream = await handle.createWritable();
  await stream.write(bytes as Uint8Array<ArrayBuffer>);
  await stream.close();
}

/** The quick way of a worker, and Safari's only one; folders a person has chosen do not have it. */
async function openSync(handle: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle | null> {
  if (!('createSyncAccessHandle' in handle)) return null;
  try {
    return await handle.createSyncAccessHandle();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'InvalidStateError') return null;
    throw thrown;
  }
}

/**
 * A file as it is now: reads of it fail once it has been written to.
 * @throws AppError PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID for a name that is none, STORAGE_FAILED
 */
export async function openFile(folder: FileSystemDirectoryHandle, name: string): Promise<File> {
  try {
    return await (await folder.getFileHandle(plainName(name))).getFile();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (isMissing(cause)) {
      const message = `${name} is missing in ${folder.name}. Get the model again.`;
      throw new AppError('PACKAGE_FILE_MISSING', message, { file: name });
    }
    const message = `${name} in ${folder.name} could not be opened (${reasonOf(cause)}). Close other windows of this page and try again.`;
    throw new AppError('STORAGE_FAILED', message, { file: name }, cause);
  }
}

function writeFailure(folder: FileSystemDirectoryHandle, name: string, bytes: number, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (isStorageFull(cause)) {
    const message = `There is no room for ${name} (${(bytes / 1e6).toFixed(0)} MB). Free disk space or delete a stored model, then go on: what is there stays.`;
    return new AppError('STORAGE_FULL', message, { file: name, bytes }, cause);
  }
  const message = `${name} could not be written to ${folder.name} (${reasonOf(cause)}). Close other windows of this page and try again.`;
  return new AppError('STORAGE_FAILED', message, { file: name }, cause);
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof DOMException && (thrown.name === 'NotFoundError' || thrown.name === 'TypeMismatchError');
}
