import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointFiles } from '../../../src/package/checkpoint-files.ts';
import type { PackageFiles } from '../../../src/package/model-package.ts';
import type { PackageSink } from '../../../src/package/package-sink.ts';
import { AppError } from '../../../src/protocol/errors.ts';
import { bytesSource } from '../../support/bytes-source.ts';

/** Files of a folder or a package, in memory so that a test can damage them. */
export type Files = Map<string, Uint8Array>;

export async function readFolder(folder: string): Promise<Files> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(
      names.map(
        async (name): Promise<[string, Uint8Array]> => [name, new Uint8Array(await readFile(join(folder, name)))],
      ),
    ),
  );
}

export function memoryCheckpoint(files: Files): CheckpointFiles {
  return {
    location: 'memory',
    async open(name) {
      const bytes = files.get(name);
      return bytes ? bytesSource(name, bytes) : null;
    },
  };
}

export function memorySink(files: Files): PackageSink {
  return {
    ...memoryPackage(files),
    async write(name, bytes) {
      files.set(name, bytes);
    },
    async remove(name) {
      files.delete(name);
    },
  };
}

export function memoryPackage(files: Files): PackageFiles {
  return {
    location: 'memory',
    async read(name, { maxBytes, signal, onProgress }) {
      signal?.throwIfAborted();
      const bytes = files.get(name);
      if (!bytes) throw new AppError('PACKAGE_FILE_MISSING', `${name} is missing.`);
      if (bytes.length > maxBytes) throw new AppError('PACKAGE_FILE_INVALID', `${name} is larger than ${maxBytes}.`);
      onProgress?.(bytes.length);
      return bytes;
    },
  };
}

export function text(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

export function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Whether two arrays hold the same bytes; vitest's own comparison takes seconds a megabyte. */
export function sameBytes(a: Uint8Array | Float32Array | undefined, b: Uint8Array | Float32Array | undefined): boolean {
  const view = (array: Uint8Array | Float32Array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return a !== undefined && b !== undefined && view(a).equals(view(b));
}

/** Names of the files that differ between two folders, or are in one of them only. */
export function differences(a: Files, b: Files): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => !sameBytes(a.get(name), b.get(name)));
}
