import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Ending of a file while it is written. */
export const UNFINISHED = '.unfinished';

/** Writes a file so that there is all of it or nothing, whenever the process ends. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}${UNFINISHED}`, text);
  await rename(`${path}${UNFINISHED}`, path);
}
