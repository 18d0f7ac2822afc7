import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../../src/kosmos2/box.ts';
import { writeCoco } from '../../../../src/kosmos2/formats/coco.ts';
import { writeGrit } from '../../../../src/kosmos2/formats/grit.ts';
import { readCoco } from '../../../../src/kosmos2/formats/read-coco.ts';
import { readGrit } from '../../../../src/kosmos2/formats/read-grit.ts';
import { again, all, hostile, snowman } from './samples.ts';

const textOf = (files: readonly { readonly text: string }[]): string => files[0]?.text ?? '';
const invalid = (place: RegExp) =>
  expect.objectContaining({ code: 'ANNOTATION_INVALID', message: expect.stringMatching(place) });

describe('COCO read', () => {
  const file = (change: Record<string, unknown> = {}) =>
    JSON.stringify({
      images: [{ id: 7, file_name: 'a.png', width: 200, height: 100 }],
      annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [50, 25, 100, 50] }],
      categories: [{ id: 3, name: 'dog' }],
      ...change,
    });
  const annotated = (annotation: Record<string, unknown>) =>
    file({ annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [50, 25, 100, 50], ...annotation }] });

  it('gives boxes in 0..1 with their names', () => {
    const entity = { phrase: 'dog', start: 0, end: 0, boxes: [unitBox(0.25, 0.25, 0.75, 0.75)], score: null };
    const images = [{ fileName: 'a.png', width: 200, height: 100, caption: '', entities: [entity] }];
    expect(readCoco(file())).toEqual({ images, skipped: 0 });
  });

  it('gives back what was written, box by box', () => {
    const { images } = readCoco(textOf(writeCoco(all)));
    expect(images.map(({ fileName }) => fileName)).toEqual([snowman.fileName, hostile.fileName]);
    const boxes = [...snowman.entities, ...again.entities].flatMap((entity) =>
      entity.boxes.map((box) => ({ phrase: entity.phrase, boxes: [box], score: entity.score })),
    );
    expect(images[0]?.entities).toMatchObject(boxes);
  });

  it('cuts boxes to their picture and leaves out what lies outside', () => {
    expect(readCoco(annotated({ bbox: [-10, -10, 60, 500] })).images[0]?.entities[0]?.boxes).toEqual([
      unitBox(0, 0, 0.25, 1),
    ]);
    for (const bbox of [
      [300, 0, 10, 10],
      [0, 0, 0, 10],
      [10, 10, -5, -5],
    ]) {
      expect(readCoco(annotated({ bbox }))).toEqual({ images: [], skipped: 1 });
    }
  });

  it.each([
    ['nothing', '', /The file is not JSON/],
    ['no object', '[]', /The file is no JSON object/i],
    ['a list that is none', file({ images: {} }), /images is no list/],
    ['an image that is none', file({ images: [null] }), /images\[0\] is no JSON object/],
    ['an image without size', file({ images: [{ id: 7, file_name: 'a' }] }), /images\[0\]\.width/],
    ['a size that is none', file({ images: [{ id: 7, file_name: 'a', width: 1e9, height: 1 }] }), /65536/],
    ['a name that is none', file({ categories: [{ id: 3, name: {} }] }), /categories\[0\]\.name is no text/],
    ['an endless name', file({ categories: [{ id: 3, name: 'x'.repeat(10_001) }] }), /10001 characters/],
    ['three numbers', annotated({ bbox: [1, 2, 3] }), /annotations\[0\]\.bbox must be 4 numbers/],
    ['words for numbers', annotated({ bbox: ['1', 2, 3, 4] }), /bbox must be 4 numbers/],
    ['infinity', annotated({}).replace('50,25', '1e999,25'), /bbox must be 4 numbers/],
    ['another image', annotated({ image_id: 8 }), /annotations\[0\] belongs to no picture/],
    ['a score of 2', annotated({ score: 2 }), /score is no number from 0 to 1/],
    ['too many boxes', file({ annotations: new Array(100_001).fill(0) }), /100001 entries, more than 100000/],
    ['too long a file', ' '.repeat(32_000_001), /32 million characters/],
  ])('refuses %s by its place', (_, text, place) => {
    expect(() => readCoco(text)).toThrowError(invalid(place));
  });

  it('takes names that objects have of themselves for names', () => {
    const { images } = readCoco(file({ categories: [{ id: 3, name: '__proto__' }] }));
    expect(images[0]?.entities[0]?.phrase).toBe('__proto__');
    expect(readCoco(file({ categories: [] })).images[0]?.entities[0]?.phrase).toBeNull();
  });
});

describe('GrIT read', () => {
  // A record as the data set has them, floats and ids included.
  const record = {
    key: '000123456',
    clip_similarity_vitb32: 0.31640625,
    id: 1234567890123,
    url: 'https://example.org/kettle.jpg',
    caption: 'a blue kettle with a wooden grip that steams on top of our kitchen',
    width: 1024,
    height: 693,
    noun_chunks: [
      [19, 32, 0.0196, 0.3105, 0.9622, 0.9603, 0.793],
      [0, 13, 0.0194, 0.0276, 0.9593, 0.9694, 0.675],
    ],
    ref_exps: [[0, 66, 0.0194, 0.0276, 0.9593, 0.9694, 0.675]],
  };
  const line = (change: Record<string, unknown> = {}) => JSON.stringify({ ...record, ...change });
  const rows = (...noun_chunks: unknown[]) => line({ noun_chunks, ref_exps: [] });

  it('gives the phrases of each caption with their boxes', () => {
    const { images } = readGrit(`${line()}\n\n${line({ key: 'two' })}\n`);
    expect(images).toHaveLength(2);
    expect(images[0]).toMatchObject({ fileName: record.key, url: record.url, caption: record.caption, width: 1024 });
    expect(images[0]?.entities.map(({ phrase, kind, score }) => [phrase, kind, score])).toEqual([
      ['a wooden grip', 'noun-chunk', 0.793],
      ['a blue kettle', 'noun-chunk', 0.675],
      [record.caption, 'referring-expression', 0.675],
    ]);
  });

  it('gives back what was written: captions, phrases, boxes, kinds', () => {
    const { images, skipped } = readGrit(textOf(writeGrit(all)));
    expect(skipped).toBe(0);
    expect(images.map(({ fileName, caption }) => [fileName, caption])).toEqual(
      all.map(({ fileName, caption }) => [fileName, caption]),
    );
    for (const [index, { entities }] of images.entries()) {
      const written = all[index]?.entities.filter(({ start, end }) => end > start) ?? [];
      expect(entities).toEqual(
        written.map(({ phrase, start, end, boxes, score, kind = 'noun-chunk' }) => ({
          phrase,
          start,
          end,
          boxes,
          score: score ?? 1,
          kind,
        })),
      );
    }
  });

  it('joins rows of one place to one phrase with several boxes', () => {
    const { images } = readGrit(
      rows([0, 6, 0, 0, 0.5, 0.5, 0.9], [0, 6, 0.5, 0.5, 1, 1, 0.7], [2, 6, 0, 0, 1, 1, 0.5]),
    );
    expect(images[0]?.entities.map(({ phrase, boxes }) => [phrase, boxes.length])).toEqual([
      ['a blue', 2],
      ['blue', 1],
    ]);
    expect(images[0]?.entities[0]?.score).toBeCloseTo(0.8);
  });

  it('cuts boxes to their picture and leaves out what lies outside', () => {
    const { images, skipped } = readGrit(rows([0, 6, -1, 0.5, 0.5, 2, 1], [0, 6, 2, 2, 3, 3, 1]));
    expect(images[0]?.entities[0]?.boxes).toEqual([unitBox(0, 0.5, 0.5, 1)]);
    expect(skipped).toBe(1);
  });

  it.each([
    ['no JSON', `${line()}\n{`, /line 2 is not JSON/],
    ['no object', '[]', /line 1 is no JSON object/],
    ['six numbers', rows([0, 6, 0, 0, 1, 1]), /line 1: noun_chunks\[0\] must be 7 numbers/],
    ['a phrase behind the caption', rows([0, 67, 0, 0, 1, 1, 1]), /no part of the caption/],
    ['a phrase of no length', rows([3, 3, 0, 0, 1, 1, 1]), /no part of the caption/],
    ['a broken place', rows([0.5, 3, 0, 0, 1, 1, 1]), /no part of the caption/],
    ['a score of -1', rows([0, 6, 0, 0, 1, 1, -1]), /score/],
    ['a caption that is none', line({ caption: 5 }), /line 1\.caption is no text/],
    ['no size', line({ width: undefined }), /line 1\.width/],
    ['too many captions', `${line()}\n`.repeat(10_001), /more than 10000 captions/],
  ])('refuses %s by its place', (_, text, place) => {
    expect(() => readGrit(text)).toThrowError(invalid(place));
  });

  it('takes less than two seconds for a hundred thousand boxes of one phrase', () => {
    const many = rows(...new Array(100_000).fill([0, 6, 0, 0, 0.5, 0.5, 0.9]));
    const before = process.cpuUsage();
    expect(readGrit(many).images[0]?.entities[0]?.boxes).toHaveLength(100_000);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
  });
});
