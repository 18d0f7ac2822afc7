import { type ImportOptions, importCheckpoint } from '../../src/package/import-checkpoint.ts';
import type { FileRecord } from '../../src/package/manifest.ts';
import { hubCheckpoint } from '../../src/storage/hub-checkpoint.ts';
import { remoteCheckpoint } from '../../src/storage/remote-checkpoint.ts';
import { memoryPackage } from './memory-package.ts';

/** Where a page finds a checkpoint: a hub's endpoint, or the folder of a site. */
export type PageSource = { readonly endpoint: string; readonly token: string } | { readonly site: string };

/** Imports a checkpoint in memory in the browser that loads this module. @returns the files of the manifest */
export async function importInPage(
  source: PageSource,
  options: ImportOptions,
): Promise<Readonly<Record<string, FileRecord>>> {
  const files =
    'site' in source
      ? remoteCheckpoint(source.site, 1)
      : await hubCheckpoint({ repository: 'test/kosmos-2', revision: 'main' }, { ...source, firstPause: 1 });
  return (await importCheckpoint(files, memoryPackage(), options)).manifest.files;
}
