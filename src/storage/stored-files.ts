import { checkFile, checkLength } from '../package/check-file.ts';
import type { PackageFiles, Shard } from '../package/model-package.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import { directorySink, openFile } from './directory-files.ts';
import { fileShard } from './file-shard.ts';

/** Lies beside the files of a package: which of them were found to be right, and when each was last written to. */
export const CHECKED_FILE = 'checked.json';

const MAX_CHECKED_BYTES = 1_000_000;

/** The state in which a file was checked. */
interface CheckedFile {
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A package in storage; the weights of a big one stay on the disk while it is open. */
export interface StoredFiles extends PackageFiles {
  /** Notes which files were found to be right, so that they are not hashed at the next opening. */
  remember(): Promise<void>;
  /** Lets go of all files that were opened, so that they can be mended. */
  rest(): void;
}

/**
 * Reads a package in a folder of the browser. A weight file is hashed when it is opened first, and again once it has
 * been written to since.
 */
export async function storedFiles(folder: FileSystemDirectoryHandle): Promise<StoredFiles> {
  const sink = directorySink(folder);
  const before = await readChecked(sink);
  const checked = new Map<string, CheckedFile>();
  const opened: Shard[] = [];
  const inWorker = 'FileReaderSync' in globalThis;
  return {
    location: sink.location,
    read: sink.read,
    async open(name, expected, inMemory, { signal, onProgress }) {
      const file = await openFile(folder, name);
      checkLength(folder.name, name, file.size, expected);
      const state = { sha256: expected.sha256, modified: file.lastModified };
      const isChecked = isSame(before.get(name), state);
      const staysOnDisk = inWorker && !inMemory;
      const bytes = isChecked && staysOnDisk ? null : await sink.read(name, { maxBytes: expected.bytes, signal });
      if (bytes && !isChecked) await checkFile(folder.name, name, bytes, expected);
      checked.set(name, state);
      onProgress?.(expected.bytes);
      if (bytes && !staysOnDisk) return bytes;
      // A file that is gone by now is told of when it is read.
      const shard = await fileShard(await folder.getFileHandle(name).catch(() => null), file);
      opened.push(shard);
      return shard;
    },
    async remember() {
      if (checked.size === before.size && [...checked].every(([name, state]) => isSame(before.get(name), state)))
        return;
      const text = JSON.stringify(Object.fromEntries(checked));
      // Another window may be writing the same: then the files are hashed once more, no harm done.
      await sink.write(CHECKED_FILE, new TextEncoder().encode(text)).catch(() => undefined);
    },
    rest() {
      for (const shard of opened) shard.rest?.();
    },
  };
}

async function readChecked(sink: PackageFiles): Promise<ReadonlyMap<string, CheckedFile>> {
  try {
    const bytes = await sink.read(CHECKED_FILE, { maxBytes: MAX_CHECKED_BYTES });
    return new Map(Object.entries(parseJsonObject(CHECKED_FILE, bytes)).filter(isEntry));
  } catch {
    // Not opened before, or not to be trusted: everything is hashed.
    return new Map();
  }
}

function isEntry(entry: [string, unknown]): entry is [string, CheckedFile] {
  const { sha256, modified } = (entry[1] ?? {}) as Partial<Record<keyof CheckedFile, unknown>>;
  return typeof sha256 === 'string' && typeof modified === 'number';
}

function isSame(a: CheckedFile | undefined, b: CheckedFile): boolean {
  return a?.sha256 === b.sha256 && a.modified === b.modified;
}
