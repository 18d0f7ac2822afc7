import { expect, it } from 'vitest';
import { newImage, sampleImage } from '../../../src/state/page-image.ts';
import { fileNames } from '../../../src/ui/export/annotations.ts';

it.each([
  ['image/bmp', 'a.bmp', 'a.bmp'],
  ['image/heic', 'a.HEIC', 'a.heic'],
  ['image/jpeg', 'a.png', 'a.jpg'],
  ['', 'a.HEIF', 'a.heif'],
  ['', 'a.jpeg', 'a.jpeg'],
  ['', 'a.txt', 'a.png'],
  ['', '', 'image.png'],
])('a picture of type “%s” named “%s” is exported as %s', (type, name, exported) => {
  const blob = new Blob([], { type });
  const image = newImage({ id: '1', kind: 'own', name, url: 'blob:1', blob, width: 1, height: 1 });
  expect(fileNames([image]).get('1')).toBe(exported);
});

it('a sample is exported under the name of its file', () => {
  expect([...fileNames([sampleImage('Two. pigs', 'samples/two-pigs.png', 1, 1)]).values()]).toEqual(['two-pigs.png']);
});
