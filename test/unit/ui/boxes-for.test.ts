import { expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { boxesFor } from '../../../src/ui/export/read-annotations.ts';

const BOXES = [unitBox(0, 0, 0.25, 0.25), unitBox(0.5, 0.5, 0.75, 0.75)];

/** A file with a box for each picture. */
function imported(...names: readonly string[]) {
  const images = names.map((fileName, index) => {
    const entities = [{ phrase: null, start: 0, end: 0, boxes: BOXES.slice(index, index + 1), score: null }];
    return { fileName, width: 9, height: 9, caption: '', entities };
  });
  return { images, skipped: 0 };
}

it('boxes of two pictures that have one name in different folders are never mixed', () => {
  expect(() => boxesFor(imported('train/001.jpg', 'val/001.jpg'), ['001.jpg'])).toThrow(
    "Two pictures of the file go by this one's name: train/001.jpg and val/001.jpg. Choose another file",
  );
  expect(boxesFor(imported('train/001.jpg', '001.jpg'), ['001.jpg'])).toEqual(BOXES.slice(1));
  expect(boxesFor(imported('001.jpg', '001-2.jpg'), ['001-2.jpg', '001.jpg'])).toEqual(BOXES.slice(1));
});

it('boxes are found under a name without its folder, and of the only picture whatever it is called', () => {
  expect(boxesFor(imported('train\\a.jpg', 'val/b.jpg'), ['b.jpg'])).toEqual(BOXES.slice(1));
  expect(boxesFor(imported('x.jpg'), ['b.jpg'])).toEqual(BOXES.slice(0, 1));
  expect(boxesFor(imported('x.jpg', 'x.jpg'), ['b.jpg'])).toEqual(BOXES);
  expect(boxesFor(imported('x.jpg', 'y.jpg'), ['b.jpg'])).toEqual([]);
});
