import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { folderCheckpoint, folderSink } from '../../src/cli/folder-files.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import { fixture } from '../support/packages.ts';
import { SMALL_MODEL } from './small-model.ts';

/** Before the browser starts: makes the package that `SMALL_MODEL` is the address of. */
export default async function setup(): Promise<void> {
  const folder = fileURLToPath(new URL(`../..${SMALL_MODEL}`, import.meta.url));
  await rm(folder, { recursive: true, force: true });
  await importCheckpoint(folderCheckpoint(fixture('reference/random-f32')), folderSink(folder), {
    scheme: 'q8',
    name: 'random',
    description: 'Random weights.',
    licence: 'MIT',
    source: { repository: 'reference/random-f32', revision: null },
  });
}
