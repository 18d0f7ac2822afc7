import { AppError, reasonOf } from '../../protocol/errors.ts';

/** What was dropped, to be taken at once: the list is emptied as soon as the event is over. */
export function droppedEntries(drop: DataTransfer): readonly FileSystemEntry[] {
  return [...drop.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
}

/** Whether a folder is among what was dropped. */
export function holdsFolder(entries: readonly FileSystemEntry[]): boolean {
  return entries.some(isFolder);
}

export function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** What lies in a folder, in the portions in which a browser hands it over. @throws DOMException */
export async function* portionsOf(
  folder: FileSystemDirectoryEntry,
): AsyncGenerator<readonly FileSystemEntry[], void, void> {
  const reader = folder.createReader();
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((...settle) => reader.readEntries(...settle));
    // The last one is empty.
    if (portion.length === 0) return;
    yield portion;
  }
}

/** What is told of an entry that the browser cannot read. */
export function unreadable(name: string, cause: unknown): AppError {
  const reason = reasonOf(cause);
  const message = `“${name}” could not be read (${reason}). Check that this device may read it and drop it again, or choose it with a button.`;
  return new AppError('FOLDER_UNREADABLE', message, { name, reason }, cause);
}
