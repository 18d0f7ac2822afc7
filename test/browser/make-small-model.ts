import { fileURLToPath } from 'node:url';
import { writePackage } from '../support/folder-package.ts';
import { SMALL_MODEL } from './small-model.ts';

/** Before the browser starts: makes the package that `SMALL_MODEL` is the address of. */
export default async function setup(): Promise<void> {
  await writePackage('reference/random-f32', fileURLToPath(new URL(`../..${SMALL_MODEL}`, import.meta.url)));
}
