import type { Shard } from '../package/model-package.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';

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
  let idle = access ? setTimeout(restIdle, IDLE_MILLISECONDS) : undefined;
  let lastRead = performance.now();

  function rest(): void {
    clearTimeout(idle);
    access?.close();
    access = null;
  }

  function restIdle(): void {
    // A timer for each of a thousand reads would take as long as some of them.
    const left = lastRead + IDLE_MILLISECONDS - performance.now();
    if (left > 0) idle = setTimeout(restIdle, left);
    else rest();
  }

  function readWith(open: FileSystemSyncAccessHandle, target: Uint8Array, start: number): Uint8Array {
    lastRead = performance.now();
    const count = open.read(target, { at: start });
    if (count < target.length) throw new RangeError(`${count} of ${target.length} bytes at ${start}`);
    return target;
  }

  function telling(read: () => Uint8Array): Uint8Array {
    try {
      return read();
    } catch (cause) {
      const reason = reasonOf(cause);
      const message = `${file.name} could not be read (${reason}): the stored model was changed or deleted while opening, or its disk is failing. Open it again; if that does not help, choose Check under Models.`;
      throw new AppError('STORAGE_FAILED', message, { file: file.name, reason }, cause);
    }
  }

  return {
    byteLength: file.size,
    subarray(start, end) {
      return telling(() =>
        access
          ? readWith(access, new Uint8Array(end - start), start)
          : new Uint8Array(reader.readAsArrayBuffer(file.slice(start, end))),
      );
    },
    // A reader of files makes an array in any case.
    get readInto() {
      const open = access;
      return open
        ? (target: Uint8Array, start: number) => void telling(() => readWith(open, target, start))
        : undefined;
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
