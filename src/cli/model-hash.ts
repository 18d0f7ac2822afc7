import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_FILE } from '../package/manifest.ts';

/** The hash of a package's manifest, which tells it from every other; empty where it has none, and will not open. */
export async function modelHash(folder: string): Promise<string> {
  const manifest = await readFile(join(folder, MANIFEST_FILE)).catch(() => null);
  return manifest ? createHash('sha256').update(manifest).digest('hex') : '';
}
