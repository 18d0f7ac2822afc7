import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Ending of a file while it is written. */
export const UNFINISHED = '.unfinished';

/**
 * Writes a file so that there is all of it or nothing, whenever the process ends; one at a time in a folder and process.
 * @param options `flush` where that holds for the machine too: its name may be on the disk before its bytes
 */
export async function writeWhole(
  path: string,
  text: string,
  options: { readonly flush?: boolean } = {},
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // A name may be as long as file systems take already.
  const unfinished = join(folder, `${process.pid}${UNFINISHED}`);
  await writeFile(unfinished, text, options);
  await rename(unfinished, path);
}
