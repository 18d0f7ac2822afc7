import type { Shard } from '../package/model-package.ts';
import { AppError } from '../protocol/errors.ts';

/**
 * A weight file that stays on the disk: what is asked for is read, and no more, for onnxruntime asks for the weights of a
 * graph in no order that a reader could run ahead of. Only in workers, which may wait for a disk.
 * @returns a read throws AppError STORAGE_FAILED where the file was changed since
 */
export function fileShard(file: File): Shard {
  const reader = new FileReaderSync();
  return {
    byteLength: file.size,
    subarray(start, end) {
      try {
        return new Uint8Array(reader.readAsArrayBuffer(file.slice(start, end)));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `${file.name} could not be read (${reason}): the stored model was changed or deleted while it was opened. Open it again.`;
        throw new AppError('STORAGE_FAILED', message, { file: file.name }, cause);
      }
    },
  };
}
