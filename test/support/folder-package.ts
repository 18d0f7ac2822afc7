import { rm } from 'node:fs/promises';
import { folderCheckpoint, folderSink } from '../../src/cli/folder-files.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import { fixture } from './packages.ts';

/** Makes a q8 package of a fixture's checkpoint in a folder of its own, in place of what was there. */
export async function writePackage(path: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await importCheckpoint(folderCheckpoint(fixture(path)), folderSink(folder), {
    scheme: 'q8',
    name: path,
    description: '',
    licence: 'MIT',
    source: { repository: path, revision: null },
  });
}
