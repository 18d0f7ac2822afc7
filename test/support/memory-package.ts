import type { PackageSink } from '../../src/package/package-sink.ts';
import { AppError } from '../../src/protocol/errors.ts';

/** An importer's sink in memory, which is a package to open once the import is done. Works in Node and in a browser. */
export function memoryPackage(): PackageSink {
  const files = new Map<string, Uint8Array>();
  return {
    location: 'memory',
    async read(name) {
      const bytes = files.get(name);
      if (!bytes) throw new AppError('PACKAGE_FILE_MISSING', `${name} was not imported.`);
      return bytes;
    },
    async write(name, bytes) {
      files.set(name, bytes.slice());
    },
    async remove(name) {
      files.delete(name);
    },
  };
}
