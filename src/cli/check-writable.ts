import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../protocol/errors.ts';

/**
 * Makes sure, before work that takes long, that its result can be written to a file. What is there stays as it is, and no
 * empty file is left: an import would take it for somebody's.
 * @throws AppError OPTION_INVALID naming the option
 */
export async function checkWritable(path: string, option: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const found = await stat(path).catch(() => null);
    await (await open(path, 'a')).close();
    if (!found) await rm(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = `--${option} ${path} cannot be written to (${code}). Choose another place.`;
    throw new AppError('OPTION_INVALID', message, { path }, cause);
  }
}
