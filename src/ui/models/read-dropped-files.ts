import { AppError } from '../../protocol/errors.ts';
import type { ChosenFiles } from './chosen-folder.ts';
import { isFolder, portionsOf, unreadable } from './dropped-entries.ts';

/** A model has a few dozen files, and a page has no room for more pictures than this. */
const MOST_FILES = 1000;

/**
 * The files of a drop, and those of dropped folders; folders inside them are left out, for a model is one folder.
 * @throws AppError FOLDER_UNREADABLE, FOLDER_INVALID for more files than can be taken
 */
export async function readDroppedFiles(entries: readonly FileSystemEntry[]): Promise<ChosenFiles> {
  const folder = entries.find(isFolder)?.name;
  try {
    const found: FileSystemFileEntry[] = [];
    for (const entry of entries) {
      found.push(...(isFolder(entry) ? await contentOf(entry) : [entry]).filter(isFile));
      if (found.length > MOST_FILES) throw tooMany(folder);
    }
    const files = await Promise.all(found.map((entry) => new Promise<File>((...settle) => entry.file(...settle))));
    return { kind: 'files', files, folder };
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : unreadable(folder ?? entries[0]?.name ?? '', thrown);
  }
}

/** What lies in a folder, up to the first portion with which it is too much. @throws DOMException */
async function contentOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const found: FileSystemEntry[] = [];
  for await (const portion of portionsOf(folder)) {
    found.push(...portion);
    if (found.filter(isFile).length > MOST_FILES) break;
  }
  return found;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function tooMany(folder: string | undefined): AppError {
  const what = folder === undefined ? 'What was dropped' : `“${folder}”`;
  const message = `${what} has more than ${MOST_FILES} files, the most that are taken at once. Nothing was opened: drop the folder of a model, or fewer pictures.`;
  return new AppError('FOLDER_INVALID', message, { limit: MOST_FILES });
}
