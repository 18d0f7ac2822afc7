/** A model has a few dozen files; whatever has more is no model. */
const MOST_FILES = 1000;

/** The files of a drop, and those of dropped folders; folders inside them are left out, for a model is one folder. */
export async function readDroppedFiles(drop: DataTransfer): Promise<readonly File[]> {
  // All entries first: the list is emptied as soon as the event is over.
  const entries = [...drop.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found = await Promise.all(entries.map(async (entry) => (isFolder(entry) ? contentOf(entry) : [entry])));
  const files = found.flat().filter((entry): entry is FileSystemFileEntry => entry.isFile);
  return Promise.all(
    files.slice(0, MOST_FILES).map((entry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))),
  );
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
