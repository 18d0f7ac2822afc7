import { expect, it } from 'vitest';
import { readDroppedFiles } from '../../../src/ui/models/read-dropped-files.ts';
import { fileEntry, folderEntry } from './dropped-entries.ts';

const files = (count: number) => Array.from({ length: count }, (_, i) => fileEntry(`${i}.png`));

it('every file of a folder comes, however many portions it is handed over in; folders inside are left out', async () => {
  const inner = folderEntry('inner', [fileEntry('hidden.png')]);
  const { files: read, folder } = await readDroppedFiles([folderEntry('pictures', [inner, ...files(1000)])]);
  expect(read.map(({ name }) => name)).toEqual(files(1000).map(({ name }) => name));
  expect(folder).toBe('pictures');
});

it.each([
  ['a folder', [folderEntry('pictures', files(1001))], /^“pictures” has more than 1000 files.*Nothing was opened/],
  ['two folders together', [folderEntry('a', files(600)), folderEntry('b', files(600))], /^“a” has more than 1000/],
  ['loose files', files(1001), /^What was dropped has more than 1000 files/],
])('%s of too many files is refused whole, by name and number, not cut', async (_, entries, message) => {
  await expect(readDroppedFiles(entries)).rejects.toMatchObject({
    code: 'FOLDER_INVALID',
    message: expect.stringMatching(message),
    details: { limit: 1000 },
  });
});

it.each([
  ['a folder', folderEntry('locked', [], 'no permission'), '“locked” could not be read (no permission).'],
  ['a file in one', folderEntry('torn', [fileEntry('a.png', 'disk error')]), '“torn” could not be read (disk error).'],
  ['a file', fileEntry('b.png', 'gone'), '“b.png” could not be read (gone).'],
])('%s that cannot be read is told by its name and why', async (_, entry, message) => {
  await expect(readDroppedFiles([entry])).rejects.toMatchObject({
    code: 'FOLDER_UNREADABLE',
    message: expect.stringContaining(message),
  });
});
