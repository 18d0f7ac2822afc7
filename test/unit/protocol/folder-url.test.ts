import { expect, it } from 'vitest';
import { folderUrl } from '../../../src/protocol/folder-url.ts';

const page = 'https://example.org/shop/page.html';

it.each([
  ['/models/demo', 'https://example.org/models/demo/'],
  ['models/demo/', 'https://example.org/shop/models/demo/'],
  ['https://models.example/kosmos2?token=1', 'https://models.example/kosmos2/?token=1'],
  ['stored:kosmos2', 'stored:kosmos2'],
  ['https://', 'https://'],
])('%s is the folder %s', (address, folder) => {
  expect(folderUrl(address, page)).toBe(folder);
});

it.each([
  ['https://example.org/models/demo', 'https://example.org/models/demo/'],
  ['models/demo', 'models/demo'],
])('where nothing has an address, %s is the folder %s', (address, folder) => {
  expect(folderUrl(address, undefined)).toBe(folder);
});
