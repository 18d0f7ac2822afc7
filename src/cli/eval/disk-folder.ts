import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { DataFolder } from '../../evaluation/datasets/data-folder.ts';
import { AppError } from '../../protocol/errors.ts';

/** A folder of the disk. @throws AppError FOLDER_UNREADABLE where it is none, or empty */
export async function diskFolder(path: string): Promise<DataFolder> {
  const names = (await glob('**/*', { cwd: path, dot: false })).sort();
  if (names.length === 0) {
    throw new AppError('FOLDER_UNREADABLE', `The folder "${path}" holds no files. Check the path.`, { path });
  }
  return {
    name: basename(resolve(path)),
    names,
    async bytes(name) {
      try {
        return new Uint8Array(await readFile(join(path, name)));
      } catch (thrown) {
        const reason = (thrown as NodeJS.ErrnoException).code ?? String(thrown);
        throw new AppError('FOLDER_UNREADABLE', `${join(path, name)} cannot be read (${reason}).`, { path, name });
      }
    },
  };
}
