import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointFile, CheckpointFiles } from '../package/checkpoint-files.ts';
import type { PackageFiles } from '../package/model-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { plainName } from '../package/plain-name.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';

/** Pieces in which a file is read, so that progress shows and a stop is heard. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** Ending of a file while it is written; one that was cut off stays until it is written again. */
export const PART = '.part';

/** A package in a folder. */
export function folderFiles(folder: string): PackageFiles {
  return {
    location: folder,
    async read(name, { maxBytes, signal, onProgress }) {
      const source = await openFile(folder, name);
      if (source.size > maxBytes) {
        const message = `${name} in ${folder} has ${source.size} bytes, more than the ${maxBytes} it may have. Get or import the package again.`;
        throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, actual: source.size, maxBytes });
      }
      const bytes = new Uint8Array(source.size);
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        bytes.set(await source.read(at, Math.min(PIECE_BYTES, bytes.length - at), signal), at);
        onProgress?.(Math.min(at + PIECE_BYTES, bytes.length));
      }
      return bytes;
    },
  };
}

/** A checkpoint in a folder, as downloaded from the hub; links are followed, for the hub's own cache is made of them. */
export function folderCheckpoint(folder: string): CheckpointFiles {
  return {
    location: folder,
    async open(name) {
      try {
        return await openFile(folder, name);
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'PACKAGE_FILE_MISSING') return null;
        throw thrown;
      }
    },
  };
}

/**
 * Writes a package into a folder, which is made when it is not there. What is written or removed is so on the disk, in
 * this order: a file under its own name is a whole file, even when the disk fills up or the power goes.
 */
export function folderSink(folder: string): PackageSink {
  return {
    ...folderFiles(folder),
    async write(name, bytes) {
      const path = join(folder, plainName(name));
      try {
        await mkdir(folder, { recursive: true });
        await writeSynced(`${path}${PART}`, bytes);
        await rename(`${path}${PART}`, path);
        await syncFolder(folder);
      } catch (cause) {
        // The first failure is the one to tell.
        await rm(`${path}${PART}`, { force: true }).catch(() => {});
        const message = `${name} could not be written to ${folder} (${reasonOf(cause)}). Free some space or choose another folder.`;
        throw new AppError('PACKAGE_FILE_INVALID', message, { file: name }, cause);
      }
    },
    async remove(name) {
      const path = join(folder, plainName(name));
      try {
        await rm(path, { force: true });
        await rm(`${path}${PART}`, { force: true });
        await syncFolder(folder);
      } catch (cause) {
        const message = `${name} could not be removed from ${folder} (${reasonOf(cause)}). Check the folder's permissions.`;
        throw new AppError('PACKAGE_FILE_INVALID', message, { file: name }, cause);
      }
    },
  };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Where a system lets folders be synced at all; Windows does not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** One regular file; opened anew for every read, so that nothing stays open when a caller goes away. */
async function openFile(folder: string, name: string): Promise<CheckpointFile> {
  const path = join(folder, plainName(name));
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') throw missing(folder, name);
    throw unreadable(folder, name, cause);
  });
  if (!found.isFile()) throw missing(folder, name);
  return {
    name,
    size: found.size,
    version: String(found.mtimeMs),
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      const bytes = new Uint8Array(length);
      const file = await open(path).catch((cause) => {
        throw unreadable(folder, name, cause);
      });
      try {
        const now = await file.stat();
        if (now.size !== found.size || now.mtimeMs !== found.mtimeMs) throw new Error('it changed while it was read');
        await fill(file, bytes, offset);
      } catch (cause) {
        throw unreadable(folder, name, cause);
      } finally {
        await file.close();
      }
      return bytes;
    },
  };
}

async function fill(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) throw new Error(`it ends at byte ${offset + done}`);
    done += bytesRead;
  }
}

function missing(folder: string, name: string): AppError {
  const message = `${name} is missing in ${folder}. Check the folder, or get the model again.`;
  return new AppError('PACKAGE_FILE_MISSING', message, { file: name, folder });
}

function unreadable(folder: string, name: string, cause: unknown): AppError {
  const message = `${name} in ${folder} could not be read (${reasonOf(cause)}). Check the disk and the file's permissions.`;
  return new AppError('PACKAGE_FETCH_FAILED', message, { file: name, folder }, cause);
}
