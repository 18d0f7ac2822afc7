import { hasUnfinishedImport } from '../package/import-journal.ts';
import { MANIFEST_FILE } from '../package/manifest.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { AppError } from '../protocol/errors.ts';
import { type CopyOptions, copyPackage } from './copy-package.ts';
import { madeOfFiles } from './mend-stored.ts';
import { CHECKED_FILE } from './stored-files.ts';
import { readOrigin } from './stored-origin.ts';
import { checking, holdsSame, isDamage, verifyStored } from './verify-stored.ts';

/**
 * Copies a stored model out. One that lies there already is touched only where it is another, or not whole, and this one
 * is whole.
 * @param name of the stored model
 * @throws AppError PACKAGE_FILE_INVALID where the stored model is damaged, CANCELLED with `unfinished` where it was stopped and
 * no whole model lies there any more, what copyPackage throws
 */
export async function exportStored(
  from: PackageSink,
  to: PackageSink,
  name: string,
  options: CopyOptions,
): Promise<void> {
  try {
    const isThere = await holdsSame(from, to, options.signal);
    const passes = isThere ? 3 : 2;
    const pass = (index: number) => passOf(options, index, passes);
    if (isThere && (await verifyStored(to, checking(pass(0)))).length === 0) return;
    const [file] = await verifyStored(from, checking(pass(passes - 2)));
    if (file !== undefined) throw damaged(file, name);
    await copyPackage(from, to, pass(passes - 1)).catch(async (thrown) => {
      throw options.signal?.aborted && (await hasUnfinishedImport(to)) ? unfinished(name, thrown) : thrown;
    });
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    // It is no more taken for checked when the model is opened, which then mends it.
    await from.remove(CHECKED_FILE);
    const error = damaged(thrown.details.file ?? MANIFEST_FILE, name, thrown);
    const origin = await readOrigin(from);
    throw origin?.kind === 'package' || origin?.source ? error : madeOfFiles(error);
  }
}

/** One of several passes over the same bytes, its progress told as of all of them. */
function passOf({ onProgress, ...options }: CopyOptions, index: number, passes: number): CopyOptions {
  return {
    ...options,
    onProgress: ({ done, total, kept, item }) => {
      const before = index * total;
      onProgress?.({ done: before + done, total: passes * total, kept: before + kept, item });
    },
  };
}

/** Two versions would need twice the room, so that the older one is given up first. */
function unfinished(name: string, cause: unknown): AppError {
  const message = `Stopped. The folder “${name}” in the place you chose holds no complete model now, even if it did before. Export there again to go on.`;
  return new AppError('CANCELLED', message, { unfinished: name }, cause);
}

function damaged(file: unknown, name: string, cause?: unknown): AppError {
  const message = `${file} of the stored model “${name}” is damaged. Load the page again or use the model: what can be repaired will be.`;
  return new AppError('PACKAGE_FILE_INVALID', message, { file, stored: name }, cause);
}
