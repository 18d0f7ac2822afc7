import type { ChosenFiles } from './chosen-folder.ts';

/** A model has a few dozen files; whatever has more is no model. */
const MOST_FILES = 1000;

/** What was dropped, to be taken at once: the list is emptied as soon as the event is over. */
export function droppedEntries(drop: DataTransfer): readonly FileSystemEntry[] {
  return [...drop.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
}

/** Whether a folder is among what was dropped. */
export function holdsFolder(entries: readonly FileSystemEntry[]): boolean {
  return entries.some(isFolder);
}

/**
 * The files of a drop, and those of dropped folders; folders inside them are left out, for a model is one folder.
 * @throws DOMException where the browser cannot read them
 */
export async function readDroppedFiles(entries: readonly FileSystemEntry[]): Promise<ChosenFiles> {
  const found = await Promise.all(entries.map(async (entry) => (isFolder(entry) ? contentOf(entry) : [entry])));
  const dropped = found.flat().filter((entry): entry is FileSystemFileEntry => entry.isFile);
  const files = await Promise.all(
    dropped.slice(0, MOST_FILES).map((entry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))),
  );
  return { kind: 'files', files, folder: entries.find(isFolder)?.name };
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

async function contentOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  // A browser hands them over in portions, the last of which is empty.
  while (found.length < MOST_FILES) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) break;
    found.push(...portion);
  }
  return found;
}
