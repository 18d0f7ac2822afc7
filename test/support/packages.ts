import { fileURLToPath } from 'node:url';
import { folderCheckpoint } from '../../src/cli/folder-files.ts';
import { importCheckpoint } from '../../src/package/import-checkpoint.ts';
import type { ModelPackage, PackageFiles } from '../../src/package/model-package.ts';
import { openPackage } from '../../src/package/open-package.ts';
import type { SchemeName } from '../../src/package/schemes.ts';

/** Path of a file or folder of test/fixtures. */
export function fixture(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

/** A fixture's checkpoint imported in memory: the files of a package, as a folder or a site would hold them. */
export async function importFixture(path: string, scheme: SchemeName): Promise<PackageFiles> {
  const files = new Map<string, Uint8Array>();
  const sink = {
    async write(name: string, bytes: Uint8Array) {
      files.set(name, bytes.slice());
    },
    async remove(name: string) {
      files.delete(name);
    },
  };
  await importCheckpoint(folderCheckpoint(fixture(path)), sink, {
    scheme,
    name: path,
    description: '',
    licence: 'MIT',
    source: { repository: path, revision: null },
  });
  return {
    location: 'memory',
    async read(name) {
      const bytes = files.get(name);
      if (!bytes) throw new Error(`${name} was not imported`);
      return bytes;
    },
  };
}

/** The same, opened. */
export async function openFixture(path: string, scheme: SchemeName): Promise<ModelPackage> {
  return openPackage(await importFixture(path, scheme));
}
