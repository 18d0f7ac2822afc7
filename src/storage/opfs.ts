import { AppError, reasonOf } from '../protocol/errors.ts';
import { modelName } from '../protocol/model-name.ts';
import { isStorageFull } from '../protocol/storage-full.ts';

/** Folder of all models in this origin's private file system. */
const MODELS = 'kosmos2-models';

/**
 * The folder of all stored models.
 * @throws AppError STORAGE_FAILED where the browser keeps no files for this window
 */
export async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  // The types say it is always there; old browsers and insecure pages have none.
  const storage: StorageManager | undefined = navigator.storage;
  try {
    if (!storage?.getDirectory) throw new Error('there is no private file system');
    return await (await storage.getDirectory()).getDirectoryHandle(MODELS, { create: true });
  } catch (cause) {
    throw storageFailure(cause);
  }
}

/** What a browser means that keeps no models, or no more. */
export function storageFailure(cause: unknown): AppError {
  if (isStorageFull(cause)) {
    const message = 'The storage of this page is full. Free disk space or delete a stored model, then try again.';
    return new AppError('STORAGE_FULL', message, {}, cause);
  }
  const reason = reasonOf(cause);
  const message = `This window cannot keep models (${reason}), as is usual in private windows. A model opened by its address works from memory until the window is closed.`;
  return new AppError('STORAGE_FAILED', message, { what: 'models', reason }, cause);
}

/** The folder of one model; null where there is none and none is to be made. */
export async function modelFolder(name: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  checkName(name);
  try {
    return await (await modelsFolder()).getDirectoryHandle(name, { create });
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
    throw thrown;
  }
}

function checkName(name: string): void {
  if (name === modelName(name)) return;
  const message = `${JSON.stringify(name.slice(0, 100))} cannot be the name of a stored model. Use small letters, digits, dots and dashes.`;
  throw new AppError('OPTION_INVALID', message, { name });
}
