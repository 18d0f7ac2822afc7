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
