import { droppedEntries, isFolder, portionsOf, unreadable } from '../models/dropped-entries.ts';

/** A file and where it lies, the chosen folder first: `refcoco/instances.json`. */
export interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

/** More files than any data set here has: a dropped disk is not walked to its end. */
const MOST_FILES = 500_000;

/** Files of a picker of folders. */
export function filesOfPicker(files: readonly File[]): readonly PlacedFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * Files of dropped folders. To be called while the drop is handled: afterwards a browser has forgotten it.
 * @throws AppError FOLDER_UNREADABLE
 */
export async function filesOfDrop(drop: DataTransfer): Promise<readonly PlacedFile[]> {
  const waiting = [...droppedEntries(drop)];
  const found: PlacedFile[] = [];
  for (let entry = waiting.pop(); entry && found.length < MOST_FILES; entry = waiting.pop()) {
    const path = entry.fullPath.slice(1);
    try {
      if (isFolder(entry)) for await (const portion of portionsOf(entry)) waiting.push(...portion);
      else found.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
    } catch (thrown) {
      throw unreadable(path, thrown);
    }
  }
  return found;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
