import type { Shard } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';

/** Without a word that it may rest, a file of which nothing was read for so long does. */
const IDLE_MILLISECONDS = 10_000;

/**
 * A weight file that stays on the disk: what is asked for is read, and no more, for onnxruntime asks for the weights of a
 * graph in no order that a reader could run ahead of. Only in workers, which may wait for a disk.
 * @returns a read throws AppError STORAGE_FAILED where the file was changed since
 */
export async function fileShard(handle: FileSystemFileHandle | null, file: File): Promise<Shard> {
  const reader = new FileReaderSync();
  // Reads straight from the disk, where a File's go through another process.
  let access = await readOnly(handle, file.size);
  let idle = access ? setTimeout(rest, IDLE_MILLISECONDS) : undefined;

  function rest(): void {
    clearTimeout(idle);
    access?.close();
    access = null;
  }

  function readWith(open: FileSystemSyncAccessHandle, start: number, end: number): Uint8Array {
    clearTimeout(idle);
    idle = setTimeout(rest, IDLE_MILLISECONDS);
    const bytes = new Uint8Array(end - start);
    const count = open.read(bytes, { at: start });
    if (count < bytes.length) throw new RangeError(`${count} of ${bytes.length} bytes at ${start}`);
    return bytes;
  }

  return {
    byteLength: file.size,
    subarray(start, end) {
      try {
        if (access) return readWith(access, start, end);
        return new Uint8Array(reader.readAsArrayBuffer(file.slice(start, end)));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `${file.name} could not be read (${reason}): the stored model was changed or deleted while it was opened. Open it again.`;
        throw new AppError('STORAGE_FAILED', message, { file: file.name }, cause);
      }
    },
    rest,
  };
}

/**
 * Access that several windows may have at a time, and that keeps writers away. Null where there is none: a browser that does
 * not know the mode would keep other readers away too, a folder that a person has chosen has no such access, and somebody
 * may be writing.
 */
async function readOnly(handle: FileSystemFileHandle | null, size: number): Promise<FileSystemSyncAccessHandle | null> {
  const options: object = { mode: 'read-only' };
  const open = handle?.createSyncAccessHandle as
    | ((options: object) => Promise<FileSystemSyncAccessHandle & { readonly mode?: string }>)
    | undefined;
  const access = await open?.call(handle, options).catch(() => null);
  if (!access) return null;
  if (access.mode === 'read-only' && access.getSize() === size) return access;
  access.close();
  return null;
}
