import { AppError } from '../protocol/errors.ts';

/** Memory for a file of so many bytes. @throws AppError OUT_OF_MEMORY */
export function memoryFor(name: string, bytes: number): Uint8Array {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    const message = `There is not enough memory for ${name} (${Math.ceil(bytes / 1e6)} MB). Close other tabs and try again, or use a smaller model.`;
    throw new AppError('OUT_OF_MEMORY', message, { file: name, bytes }, cause);
  }
}
