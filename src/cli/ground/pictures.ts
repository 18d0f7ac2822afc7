import { opendir } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import { AppError } from '../../protocol/errors.ts';

/** Endings of what `decodeImageFile` reads, and HEIC, BMP and TIFF, so that they are told of instead of passed over. */
export const PICTURE_ENDINGS = 'jpg, jpeg, jfif, png, webp, gif, avif, heic, heif, bmp, tif, tiff'.split(', ');
const PICTURES = `**/*.{${PICTURE_ENDINGS.join(',')}}`;

/** Pictures under a folder, named from it, in the order of their names. @throws AppError OPTION_INVALID where there is none */
export async function folderPictures(folder: string): Promise<string[]> {
  return found(
    await glob(PICTURES, { cwd: folder, caseSensitiveMatch: false }),
    `The folder "${folder}" holds no pictures`,
  );
}

/** Files that a pattern names, from `folder`. @throws AppError OPTION_INVALID where there is none */
export async function globPictures(pattern: string, folder: string): Promise<string[]> {
  return found(await glob(pattern, { cwd: folder }), `The pattern "${pattern}" finds no files in "${folder}"`);
}

/**
 * Asked where a picture is missing: a drive that went away takes its folder along, or leaves it empty.
 * @throws AppError STORAGE_FAILED
 */
export async function checkFolder(folder: string): Promise<void> {
  const opened = await opendir(folder).catch(() => null);
  const first = await opened?.read().catch(() => null);
  await opened?.close();
  if (first) return;
  const message = `The folder "${folder}" of the pictures is ${opened ? 'empty' : 'not there'}. Bring it back or name the right one with --images, then start again; --resume continues a run.`;
  throw new AppError('STORAGE_FAILED', message, { folder });
}

function found(names: string[], problem: string): string[] {
  if (names.length === 0) throw new AppError('OPTION_INVALID', `${problem}. Check the path.`);
  // By code units: the same order on every machine, whatever its language.
  return names.sort();
}
