import { expect, it } from 'vitest';
import { filesOfDrop } from '../../../src/ui/evaluation/folder-files.ts';
import { fileEntry, folderEntry } from './dropped-entries.ts';

/** What a browser hands over when these are dropped. */
const dropOf = (...entries: readonly FileSystemEntry[]) =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer;

it('dropped folders give their files with their places, those of folders inside too', async () => {
  const inner = folderEntry('set/in', [fileEntry('set/in/b.png')]);
  const found = await filesOfDrop(dropOf(folderEntry('set', [fileEntry('set/a.png'), inner])));
  expect(found.map(({ path }) => path).sort()).toEqual(['set/a.png', 'set/in/b.png']);
});

it.each([
  [
    'a folder',
    folderEntry('set', [folderEntry('set/locked', [], 'no permission')]),
    '“set/locked” could not be read (no',
  ],
  ['a file', folderEntry('set', [fileEntry('set/b.png', 'gone')]), '“set/b.png” could not be read (gone'],
])('%s among them that cannot be read is told by its place and why', async (_, entry, message) => {
  await expect(filesOfDrop(dropOf(entry))).rejects.toMatchObject({
    code: 'FOLDER_UNREADABLE',
    message: expect.stringContaining(message),
  });
});
