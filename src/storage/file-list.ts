import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import type { PackageFiles } from '../package/model-package.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';

/** A checkpoint among the files a person has chosen or dropped; folders around them do not matter. */
export function chosenCheckpoint(files: readonly File[]): CheckpointFiles {
  return {
    location: 'the chosen files',
    async open(name) {
      const file = files.find((one) => one.name === name);
      if (!file) return null;
      return {
        name,
        size: file.size,
        version: String(file.lastModified),
        read: (offset, length) => readPart(file, offset, length),
      };
    },
  };
}

/** A package among such files. */
export function chosenPackage(files: readonly File[]): PackageFiles {
  return {
    location: 'the chosen files',
    async read(name, { maxBytes, signal, onProgress }) {
      const file = files.find((one) => one.name === name);
      if (!file) {
        const message = `${name} is missing among the chosen files. Choose the whole folder of the model.`;
        throw new AppError('PACKAGE_FILE_MISSING', message, { file: name });
      }
      if (file.size > maxBytes) {
        const message = `${name} has ${file.size} bytes, more than the ${maxBytes} it may have. Choose the folder of a whole model.`;
        throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, actual: file.size, maxBytes });
      }
      signal?.throwIfAborted();
      const bytes = await readPart(file, 0, file.size);
      onProgress?.(bytes.length);
      return bytes;
    },
  };
}

async function readPart(file: File, offset: number, length: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
  } catch (cause) {
    const reason = reasonOf(cause);
    const message = `${file.name} could not be read (${reason}). It may have been changed or moved: choose it again.`;
    throw new AppError('PACKAGE_FETCH_FAILED', message, { file: file.name }, cause);
  }
}
