import { fileURLToPath } from 'node:url';
import { folderCheckpoint } from '../../src/cli/folder-files.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import type { ModelPackage } from '../../src/package/model-package.ts';
import { openPackage } from '../../src/package/open-package.ts';
import type { SchemeName } from '../../src/package/schemes.ts';
import { memoryPackage } from './memory-package.ts';

/** Path of a file or folder of test/fixtures. */
export function fixture(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

/** A fixture's checkpoint, imported in memory and opened. */
export async function openFixture(path: string, scheme: SchemeName): Promise<ModelPackage> {
  const files = memoryPackage();
  await importCheckpoint(folderCheckpoint(fixture(path)), files, {
    scheme,
    name: path,
    description: '',
    licence: 'MIT',
    source: { repository: path, revision: null },
  });
  return openPackage(files);
}
