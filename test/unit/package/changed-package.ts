import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import type { Manifest } from '../../../src/package/manifest.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import { sha256 } from '../../../src/package/sha256.ts';
import { bytes, type Files, memoryCheckpoint, memoryPackage, memorySink, readFolder, text } from './memory-files.ts';

export const SHARD = 'model-00001-of-00001.safetensors';

export const manifestOf = (files: Files): Manifest => JSON.parse(text(files.get('manifest.json')));

/** What opening a package fails with. */
export const failure = (files: Files): Promise<unknown> =>
  openPackage(memoryPackage(files)).then(
    () => 'it opened',
    (thrown: unknown) => thrown,
  );

/** The demo model as a package, and how to change it. */
export async function packedDemo() {
  const demo: Files = new Map();
  await importCheckpoint(memoryCheckpoint(await readFolder('test/fixtures/demo-model')), memorySink(demo), {
    scheme: 'q4',
    name: 'Demo model',
    description: 'A test.',
    licence: 'MIT',
    source: { repository: 'demo-model', revision: null },
  });

  /** The demo package with one file replaced, the manifest adjusted to it. */
  async function withFile(name: string, content: Uint8Array): Promise<Files> {
    const manifest = manifestOf(demo);
    const record = { bytes: content.length, sha256: await sha256(content) };
    return new Map(demo)
      .set(name, content)
      .set('manifest.json', bytes({ ...manifest, files: { ...manifest.files, [name]: record } }));
  }

  const withManifest = (manifest: unknown): Files => new Map(demo).set('manifest.json', bytes(manifest));

  /** The demo package's shard with its header text changed, spaces at the end keeping its length where they can. */
  function shardWith(change: (header: string) => string): Uint8Array {
    const shard = demo.get(SHARD) as Uint8Array;
    const length = Number(new DataView(shard.buffer, shard.byteOffset).getBigUint64(0, true));
    const header = bytes(
      change(text(shard.subarray(8, 8 + length)))
        .trimEnd()
        .padEnd(length),
    );
    const changed = new Uint8Array(8 + header.length + shard.length - 8 - length);
    new DataView(changed.buffer).setBigUint64(0, BigInt(header.length), true);
    changed.set(header, 8);
    changed.set(shard.subarray(8 + length), 8 + header.length);
    return changed;
  }

  return { demo, withFile, withManifest, shardWith };
}
