import { holdsPackage } from '../package/import-journal.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';
import { directorySink } from './directory-files.ts';

/** A write that a browser was cut off in leaves such a file beside the one it was for. */
const UNFINISHED = '.crswap';

/**
 * A folder for a model inside the one that a person has chosen, whose own files are none of ours. One that is there is
 * taken where it holds a package, finished or not.
 * @throws AppError FOLDER_INVALID where there is something else in its place, STORAGE_FAILED
 */
export async function exportFolder(
  parent: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle> {
  const folder = await parent.getDirectoryHandle(name, { create: true }).catch((cause) => {
    if (cause instanceof DOMException && cause.name === 'TypeMismatchError') throw taken(parent, name);
    const reason = reasonOf(cause);
    const message = `The folder “${name}” could not be made in “${parent.name}” (${reason}). Choose another folder.`;
    throw new AppError('STORAGE_FAILED', message, { folder: name, parent: parent.name, reason }, cause);
  });
  for await (const entry of folder.keys()) {
    if (entry.endsWith(UNFINISHED)) continue;
    if (await holdsPackage(directorySink(folder))) break;
    throw taken(parent, name);
  }
  return folder;
}

function taken(parent: FileSystemDirectoryHandle, name: string): AppError {
  const message = `“${name}” in “${parent.name}” already exists and is not a model. Nothing was written: choose another folder, or rename that one.`;
  return new AppError('FOLDER_INVALID', message, { name, parent: parent.name });
}
