import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCoco } from '../../../../src/kosmos2/formats/coco.ts';
import { writeVoc } from '../../../../src/kosmos2/formats/voc.ts';
import { writeYolo } from '../../../../src/kosmos2/formats/yolo.ts';
import {
  type ReadAnnotations,
  type ReadBox,
  readAnnotations,
  readersMissing,
} from '../../../support/annotation-readers.ts';
import { again, HOSTILE, hostile, snowman } from './samples.ts';

/** As its file name may be on a disk. */
const dangerous = { ...hostile, fileName: 'b.png' };
const images = [{ ...snowman, fileName: 'a.png' }, { ...again, fileName: 'a.png' }, dangerous];

/** Boxes of the first picture in pixels, in the order of its captions. */
const corners = [
  ['a snowman', 80, 120, 320, 360],
  ['two fires', 0, 0, 160, 240],
  ['two fires', 400, 240, 640, 480],
  ['a snowman', 160, 120, 320, 240],
] as const;

// Readers of other people: pycocotools (the COCO authors' own) and globox.
describe.skipIf(readersMissing)('exports as other programs read them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kosmos2-exports-'));
  let read: ReadAnnotations;

  beforeAll(async () => {
    mkdirSync(join(folder, 'images'));
    for (const { fileName, width, height } of images) {
      const blank = sharp({ create: { width, height, channels: 3, background: '#fff' } });
      await blank.png().toFile(join(folder, 'images', fileName));
    }
    for (const { path, text } of [...writeCoco(images), ...writeVoc(images), ...writeYolo(images)]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    read = readAnnotations(folder);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('COCO has each picture once, with the boxes of all its captions', () => {
    expect(read.pycocotools.map(({ file }) => file)).toEqual(['a.png', 'b.png']);
    expect(read.pycocotools[0]?.boxes).toEqual(
      corners.map(([name, x1, y1, x2, y2]) => [name, x1, y1, x2 - x1, y2 - y1]),
    );
    expect(read.coco['a.png']?.boxes).toEqual(corners);
  });

  it('Pascal VOC has them to the pixel', () => {
    // Its pixels count from 1 and include both edges.
    expect(read.voc['a.png']?.boxes).toEqual(corners.map(([name, x1, y1, x2, y2]) => [name, x1 + 1, y1 + 1, x2, y2]));
  });

  it('YOLO has them to a thousandth of a pixel, under the numbers of their names', () => {
    const [classes] = writeYolo(images).filter(({ path }) => path === 'classes.txt');
    const names = classes?.text.split('\n') ?? [];
    const found = read.yolo['a.png']?.boxes ?? [];
    expect(found).toHaveLength(corners.length);
    for (const [index, [label, ...numbers]] of found.entries()) {
      const [name, ...expected] = corners[index] as (typeof corners)[number];
      expect(names[Number(label)]).toBe(name);
      for (const [i, value] of expected.entries()) expect(numbers[i]).toBeCloseTo(value, 3);
    }
  });

  it('keep every name, whatever it holds', () => {
    const labels = (boxes: readonly ReadBox[] = []) => boxes.map(([label]) => label);
    const names = [...HOSTILE.map((text) => text.replace(/\s+/g, ' ').trim()), 'object'];
    // JSON can say what XML cannot: half a surrogate pair and control characters.
    expect(labels(read.pycocotools[1]?.boxes)).toEqual(names);
    const carried = names.map((name) => name.replace(/\p{Cc}|\p{Cs}/gu, '\ufffd'));
    expect(labels(read.voc['b.png']?.boxes)).toEqual(carried);
    expect(labels(read.yolo['b.png']?.boxes)).toEqual(names.map((_, index) => String(index + 2)));
  });
});
