import { beforeAll, expect, test } from 'vitest';
import type { CheckpointFiles } from '../../../src/package/checkpoint-files.ts';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import type { Manifest } from '../../../src/package/manifest.ts';
import { remakeFiles } from '../../../src/package/remake-files.ts';
import { type Files, memoryCheckpoint, memorySink, readFolder, sameBytes } from './memory-files.ts';

const SHARD = 'model-00001-of-00001.safetensors';
const made: Files = new Map();
let source: Files;
let manifest: Manifest;

beforeAll(async () => {
  source = await readFolder('test/fixtures/reference/random-f32');
  const about = { name: 'made', description: '', licence: 'MIT', source: { repository: 'a/b', revision: null } };
  ({ manifest } = await importCheckpoint(memoryCheckpoint(source), memorySink(made), { scheme: 'q4', ...about }));
});

/** The checkpoint, and the bytes of its weight files that are read. */
function counted(files: Files): { readonly checkpoint: CheckpointFiles; bytes: number } {
  const inner = memoryCheckpoint(files);
  const count = { checkpoint: { ...inner, open }, bytes: 0 };
  async function open(name: string) {
    const file = await inner.open(name);
    if (!file || !name.endsWith('.safetensors')) return file;
    return {
      ...file,
      read(offset: number, length: number) {
        count.bytes += length;
        return file.read(offset, length);
      },
    };
  }
  return count;
}

async function remake(from: CheckpointFiles, names: readonly string[]): Promise<Files> {
  const files: Files = new Map();
  for await (const [name, bytes] of remakeFiles(from, manifest, names)) files.set(name, bytes);
  return files;
}

test('every file of an imported package is made anew to the byte', async () => {
  const again = await remake(memoryCheckpoint(source), Object.keys(manifest.files));
  for (const [name, bytes] of again) expect(sameBytes(bytes, made.get(name)), name).toBe(true);
  expect(again.size).toBe(Object.keys(manifest.files).length);
});

test('for a JSON file no weight is read', async () => {
  const all = counted(source);
  await remake(all.checkpoint, [SHARD]);
  const none = counted(source);
  await remake(none.checkpoint, ['config.json']);
  expect(none.bytes).toBeLessThan(0.2 * all.bytes);
});

test('a checkpoint that is another by now is told by the file it gives, and a file that no package has is refused', async () => {
  const other = new Map(source);
  const name = 'model.safetensors';
  const bytes = (source.get(name) as Uint8Array).slice();
  // The last numbers of the last weight, one bit of each exponent.
  for (let at = bytes.length - 400; at < bytes.length; at += 4) bytes[at + 3] = (bytes[at + 3] as number) ^ 1;
  other.set(name, bytes);
  const invalid = (file: string) => ({ code: 'PACKAGE_FILE_INVALID', details: { file } });
  await expect(remake(memoryCheckpoint(other), [SHARD])).rejects.toMatchObject(invalid(SHARD));
  const nowhere = 'model-00002-of-00002.safetensors';
  await expect(remake(memoryCheckpoint(source), [nowhere])).rejects.toMatchObject(invalid(nowhere));
});
