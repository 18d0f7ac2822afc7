import { expect, it } from 'vitest';
import { newImage, sampleImage } from '../../../src/state/page-image.ts';
import { fileNames, ownNames } from '../../../src/ui/export/annotations.ts';

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

it('beside the pictures of a person each has its own name, and a double none that another picture has', () => {
  const named = (id: string, name: string, kind: 'own' | 'sample' = 'own', url = 'blob:') =>
    newImage({ id, kind, name, url, blob: new Blob([], { type: 'image/jpeg' }), width: 1, height: 1 });
  const images = [
    named('1', 'IMG 2041 (1).jpg'),
    named('2', 'DSC_0001.JPG'),
    named('3', 'DSC_0001.JPG'),
    named('4', 'DSC_0001-2.JPG'),
    named('5', 'a bike and a pig'),
    named('6', 'Two. pigs', 'sample', 'samples/two-pigs.png'),
  ];
  expect([...ownNames(images).values()]).toEqual([
    'IMG 2041 (1).jpg',
    'DSC_0001.JPG',
    'DSC_0001-3.JPG',
    'DSC_0001-2.JPG',
    'a-bike-and-a-pig.jpg',
    'two-pigs.jpg',
  ]);
});
