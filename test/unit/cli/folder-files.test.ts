import { type FileHandle, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { folderCheckpoint, folderFiles, folderSink } from '../../../src/cli/folder-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-folder-'));
  await writeFile(join(folder, 'config.json'), '0123456789');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('folder files', () => {
  test('a file is read whole, with its progress', async () => {
    const seen: number[] = [];
    const bytes = await folderFiles(folder).read('config.json', { maxBytes: 10, onProgress: (n) => seen.push(n) });
    expect(new TextDecoder().decode(bytes)).toBe('0123456789');
    expect(seen).toEqual([10]);
  });

  test('ranges of it are read exactly, and beyond its end not at all', async () => {
    const source = await folderCheckpoint(folder).open('config.json');
    expect(source?.size).toBe(10);
    expect(new TextDecoder().decode(await source?.read(3, 4))).toBe('3456');
    await expect(source?.read(8, 4)).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  });

  test('a file that is not there, or is a folder, is PACKAGE_FILE_MISSING', async () => {
    await mkdir(join(folder, 'tokenizer.json'));
    for (const name of ['nothing.json', 'tokenizer.json']) {
      await expect(folderFiles(folder).read(name, { maxBytes: 10 })).rejects.toMatchObject({
        code: 'PACKAGE_FILE_MISSING',
        message: expect.stringContaining(name),
      });
      expect(await folderCheckpoint(folder).open(name)).toBeNull();
    }
  });

  test('a file larger than its bound is PACKAGE_FILE_INVALID', async () => {
    await expect(folderFiles(folder).read('config.json', { maxBytes: 9 })).rejects.toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      message: expect.stringMatching(/10 bytes.*9/),
    });
  });

  test.each(['../config.json', '/etc/passwd', 'a/b', '.hidden', '..', '', 'a\0b'])(
    'the name %j never leaves the folder',
    async (name) => {
      const refused = { code: 'PACKAGE_FILE_INVALID' };
      await expect(folderFiles(folder).read(name, { maxBytes: 10 })).rejects.toMatchObject(refused);
      await expect(folderCheckpoint(folder).open(name)).rejects.toMatchObject(refused);
      await expect(folderSink(folder).write(name, new Uint8Array(1))).rejects.toMatchObject(refused);
      await expect(folderSink(folder).remove(name)).rejects.toMatchObject(refused);
    },
  );

  test('is on the disk before it has its name, and its name before anything else is written or removed', async () => {
    const probe = await open(folder);
    const synced: unknown[] = [];
    const spy = vi.spyOn(Object.getPrototypeOf(probe) as FileHandle, 'sync').mockImplementation(async function (
      this: FileHandle,
    ) {
      const found = await this.stat();
      synced.push([found.isDirectory() ? 'folder' : found.size, (await readdir(folder)).sort()]);
    });
    try {
      const sink = folderSink(folder);
      await sink.write('manifest.json', new Uint8Array(7));
      await sink.remove('config.json');
    } finally {
      spy.mockRestore();
      await probe.close();
    }
    expect(synced).toEqual([
      [7, ['config.json', 'manifest.json.part']],
      ['folder', ['config.json', 'manifest.json']],
      ['folder', ['manifest.json']],
    ]);
  });

  test('links are followed, as in the cache of the hub', async () => {
    await symlink(join(folder, 'config.json'), join(folder, 'linked.json'));
    expect((await folderCheckpoint(folder).open('linked.json'))?.size).toBe(10);
  });

  test('writing makes the folder and leaves whole files only', async () => {
    const sink = folderSink(join(folder, 'new', 'package'));
    await sink.write('config.json', Uint8Array.of(1, 2, 3));
    await sink.write('config.json', Uint8Array.of(4));
    expect(await readdir(join(folder, 'new', 'package'))).toEqual(['config.json']);
    expect([...(await readFile(join(folder, 'new', 'package', 'config.json')))]).toEqual([4]);
    await sink.remove('config.json');
    await sink.remove('config.json');
    expect(await readdir(join(folder, 'new', 'package'))).toEqual([]);
  });

  test('a place that cannot be written to is told in a sentence', async () => {
    await expect(folderSink(join(folder, 'config.json')).write('x', new Uint8Array(1))).rejects.toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      message: expect.stringMatching(/could not be written.*choose another folder/),
    });
  });

  test('a stop is heard between pieces', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(folderFiles(folder).read('config.json', { maxBytes: 10, signal: stop.signal })).rejects.toHaveProperty(
      'name',
      'AbortError',
    );
  });
});
