import type { ModelPackage } from '../package/model-package.ts';
import { type OpenPackageOptions, openPackage } from '../package/open-package.ts';
import { AppError } from '../protocol/errors.ts';
import type { TransferProgress } from '../protocol/importer-messages.ts';
import { storedName } from '../protocol/stored-address.ts';
import { withModelLock } from './model-lock.ts';
import { storedFiles } from './stored-files.ts';
import { storedFolder, storedSink } from './stored-packages.ts';
import { isDamage } from './verify-stored.ts';
import { webFiles } from './web-files.ts';

export interface OpenAtOptions extends OpenPackageOptions {
  /** Another window writes or mends the same stored model: this one waits for it. */
  readonly onWait?: (() => void) | undefined;
  /** A damaged one is being mended: bytes that are right so far, and of the whole. */
  readonly onMend?: ((done: number, total: number) => void) | undefined;
}

/**
 * Opens the package at an address: a folder of a web site, or `stored:<name>` for one in this browser's storage. The weights
 * of a stored one stay on the disk; a damaged one is mended by fetching the damaged files alone, where it is known from where.
 * @throws AppError what openPackage throws; STORAGE_FAILED
 */
export async function openPackageAt(url: string, options: OpenAtOptions = {}): Promise<ModelPackage> {
  const name = storedName(url);
  if (name === null) return openPackage(webFiles(url), options);
  const { signal, onMend } = options;
  const open = () => withModelLock(name, 'shared', () => openStored(name, options), options);
  try {
    return await open();
  } catch (thrown) {
    if (!isDamage(thrown) && !hasWrongHeader(thrown)) throw thrown;
    const { mendStored } = await import('./mend-stored.ts').catch(() => {
      // What is wrong is the damage, and not that nothing can be done about it without a connection.
      throw thrown;
    });
    const sink = await storedSink(name);
    const mend = { signal, onProgress: ({ done, total }: TransferProgress) => onMend?.(done, total) };
    await withModelLock(name, 'exclusive', () => mendStored(sink, thrown, mend), options);
    return open();
  }
}

/** Of a file that was found right once, so that it is not hashed, and is not now: a disk tells nothing of what it loses. */
function hasWrongHeader(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && /^TENSOR_(FILE_INVALID|TRUNCATED)$/.test(thrown.code);
}

async function openStored(name: string, options: OpenPackageOptions): Promise<ModelPackage> {
  const files = await storedFiles(await storedFolder(name));
  try {
    const pkg = await openPackage(files, options);
    await files.remember();
    return pkg;
  } catch (thrown) {
    files.rest();
    throw thrown;
  }
}
