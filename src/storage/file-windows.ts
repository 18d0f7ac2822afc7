import type { Shard } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';

/** A read costs the better part of a millisecond, however short, and from this size on no more than its bytes do. */
const WINDOW_BYTES = 16_000_000;
/** The graphs take weights nearly in the order they lie in, codes and scales in turn. */
const WINDOWS = 2;

interface Window {
  readonly file: File;
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads parts of files that stay on the disk, a window at a time: what a part is followed by is mostly asked for next. All
 * files share the few windows that are kept. Only in workers, which may wait for a disk.
 */
export class FileWindows {
  readonly #reader = new FileReaderSync();
  /** The one used last at the end. */
  #kept: readonly Window[] = [];

  /** @returns the file, to be read part by part; a read throws AppError STORAGE_FAILED where the file was changed since */
  shard(file: File): Shard {
    return { byteLength: file.size, subarray: (start, end) => this.#part(file, start, end) };
  }

  #part(file: File, start: number, end: number): Uint8Array {
    const holds = (one: Window) => one.file === file && one.start <= start && one.start + one.bytes.length >= end;
    const window = this.#kept.find(holds) ?? {
      file,
      start,
      bytes: this.#read(file, start, Math.min(file.size, Math.max(end, start + WINDOW_BYTES))),
    };
    this.#kept = [...this.#kept.filter((one) => one !== window), window].slice(-WINDOWS);
    return window.bytes.subarray(start - window.start, end - window.start);
  }

  #read(file: File, start: number, end: number): Uint8Array {
    try {
      return new Uint8Array(this.#reader.readAsArrayBuffer(file.slice(start, end)));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `${file.name} could not be read (${reason}): the stored model was changed or deleted while it was opened. Open it again.`;
      throw new AppError('STORAGE_FAILED', message, { file: file.name }, cause);
    }
  }
}
