import { expect, test } from 'vitest';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { MANIFEST_FILE } from '../../../src/package/manifest.ts';
import { OPTIONS } from './import-options.ts';
import { type Files, memoryCheckpoint, memorySink, readFolder } from './memory-files.ts';

test('that a package is replaced is told while it is still whole, and not before anything speaks against it', async () => {
  const source = await readFolder('test/fixtures/reference/random-bf16');
  const files: Files = new Map();
  await importCheckpoint(memoryCheckpoint(source), memorySink(files), OPTIONS);
  const told: boolean[] = [];
  const onReplacing = async () => void told.push(files.has(MANIFEST_FILE));
  const again = (from: Files, signal?: AbortSignal) =>
    importCheckpoint(memoryCheckpoint(from), memorySink(files), { ...OPTIONS, onReplacing, signal });

  const without = new Map(source);
  without.delete('config.json');
  await expect(again(without)).rejects.toMatchObject({ code: 'PACKAGE_FILE_MISSING' });
  await expect(again(source, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(told).toEqual([]);
  expect(files.has(MANIFEST_FILE)).toBe(true);

  await again(source);
  expect(told).toEqual([true]);
});
