import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, expect, it } from 'vitest';
import type { JournalLine } from '../../../../src/cli/ground/journal.ts';
import { writeFormats } from '../../../../src/cli/ground/output-formats.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosmos2-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where Ultralytics looks for the labels of a picture (img2label_paths). */
function labelsOf(picture: string): string {
  const [last, ...folders] = join('images', picture).split('/').reverse();
  const labels = folders.with(folders.indexOf('images'), 'labels').reverse();
  return join(...labels, `${last?.replace(/\.[^.]*$/, '')}.txt`);
}

function filesIn(out: string): string[] {
  return readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, out).length + 1))
    .sort();
}

async function write(out: string, pictures: readonly string[]): Promise<void> {
  async function* lines(): AsyncGenerator<JournalLine> {
    for (const [index, image] of pictures.entries()) {
      const phrase = `thing ${index}`;
      const entities = [{ phrase, start: 0, end: phrase.length, boxes: [[0, 0, 0.5, 0.5]], score: 1 }];
      yield { index, image, width: 100, height: 100, caption: phrase, entities };
    }
  }
  await writeFormats(['yolo', 'voc'], join(folder, out), lines);
}

it('labels lie where the pictures do, so that trainers find them under any name', async () => {
  const longest = `${'x'.repeat(251)}.jpg`;
  const pictures = ['cats/001.jpg', 'dogs/001.jpg', 'IMG 2024.05 (1).jpg', './a.b/c.png', 'Ü.webp', longest];
  await write('paired', pictures);
  for (const [kind, picture] of pictures.entries()) {
    expect(readFileSync(join(folder, 'paired', labelsOf(picture)), 'utf8')).toMatch(new RegExp(`^${kind} `));
    const annotation = labelsOf(picture).replace('labels/', 'Annotations/').replace(/txt$/, 'xml');
    expect(readFileSync(join(folder, 'paired', annotation), 'utf8')).toContain(`<name>thing ${kind}</name>`);
  }
});

it('YOLO pairs pictures of a folder that is called images too; annotations of VOC lie by the plain name', async () => {
  const pictures = ['images/001.jpg', 'train/images/001.jpg', 'images/images/x.png', 'my-images/y.png', 'z/images'];
  await write('images', pictures);
  for (const [kind, picture] of pictures.entries()) {
    expect(readFileSync(join(folder, 'images', labelsOf(picture)), 'utf8')).toMatch(new RegExp(`^${kind} `));
    const annotation = join('Annotations', picture.replace(/\.[^.]*$/, ''));
    expect(readFileSync(join(folder, 'images', `${annotation}.xml`), 'utf8')).toContain(`<name>thing ${kind}</name>`);
  }
});

it('data.yaml names no folder of its own, which trainers would read from their own current one', async () => {
  await write('trained', ['a.png']);
  expect(readFileSync(join(folder, 'trained/data.yaml'), 'utf8')).toBe(
    'train: train.txt\nval: train.txt\nnames:\n  0: "thing 0"\n',
  );
});

it('labels never lie outside of their folder, and none takes the place of another', async () => {
  await write('safe', [
    '../up.jpg',
    '../../../../../../tmp/far.jpg',
    '/data/x/1.jpg',
    'C:\\data\\2.jpg',
    'x/../3.jpg',
    '..',
    '.png',
    '3.png',
    '3-2.jpg',
  ]);
  const stems = ['up', 'tmp/far', 'data/x/1', 'C/data/2', '3', 'image', 'image-2', '3-3', '3-2'];
  expect(filesIn('safe')).toEqual(
    [
      ...stems.flatMap((stem) => [`labels/${stem}.txt`, `Annotations/${stem}.xml`]),
      'classes.txt',
      'data.yaml',
      'train.txt',
    ].sort(),
  );
});

it('GrIT of shards has the number of each row in the whole input, also beyond a part that is written at once', async () => {
  const rows = Array.from({ length: 1002 }, (_, row) => 7 + 3 * row);
  async function* lines(): AsyncGenerator<JournalLine> {
    for (const index of rows) {
      if (index === 10) yield { index, error: 'damaged', code: 'IMAGE_DAMAGED' };
      else yield { index, image: 'a.png', width: 9, height: 9, caption: 'a', entities: [] };
    }
  }
  await writeFormats(['grit'], folder, lines);
  const written = readFileSync(join(folder, 'grit.jsonl'), 'utf8').trimEnd().split('\n');
  expect(written.map((line) => JSON.parse(line).id)).toEqual(rows.filter((index) => index !== 10));
});

it('YOLO trains with the pictures that were answered alone, wherever they lie', async () => {
  await write('listed', ['cats/001.jpg', 'IMG 2024.05 (1).JPG', '../up.webp', 'no-ending']);
  expect(readFileSync(join(folder, 'listed/train.txt'), 'utf8')).toBe(
    './images/cats/001.jpg\n./images/IMG 2024.05 (1).JPG\n./images/up.webp\n./images/no-ending\n',
  );
});

it('data sets to train with have each thing of a picture once, however many captions name it', async () => {
  const [here, there] = [
    [0, 0, 0.5, 0.5],
    [0.5, 0.5, 1, 1],
  ] as const;
  const boxes = [[here], [[0, 0, 0.5, 0.45], there], [there]];
  async function* lines(): AsyncGenerator<JournalLine> {
    for (const [index, all] of boxes.entries()) {
      const entities = [{ phrase: `thing ${index}`, start: 0, end: 1, boxes: all, score: 1 }];
      yield { index, image: 'a.png', width: 100, height: 100, caption: `${index}`, entities };
    }
    yield { index: 3, image: 'b.png', width: 100, height: 100, caption: 'a', finish: 'eos', entities: [] };
  }
  await writeFormats(['coco', 'yolo', 'voc'], join(folder, 'once'), lines);
  const read = (path: string) => readFileSync(join(folder, 'once', path), 'utf8');
  const coco = JSON.parse(read('annotations.json'));
  expect(coco.annotations).toMatchObject([
    { bbox: [0, 0, 50, 50], caption: '0' },
    { bbox: [50, 50, 50, 50], caption: '1' },
  ]);
  expect(coco.images).toHaveLength(2);
  expect(read('labels/a.txt')).toBe('0 0.250000 0.250000 0.500000 0.500000\n1 0.750000 0.750000 0.500000 0.500000\n');
  expect(read('classes.txt')).toBe('thing 0\nthing 1\n');
  expect(read('Annotations/a.xml').match(/<object>/g)).toHaveLength(2);
});

it('a thing is there once also where one phrase has two boxes of it, or rows spell the path of its picture in two ways', async () => {
  const [here, near, there] = [
    [0, 0, 0.5, 0.5],
    [0, 0, 0.5, 0.45],
    [0.5, 0.5, 1, 1],
  ];
  const rows = [
    ['a.png', [here, near, there]],
    ['./a.png', [near]],
    ['x/..//a.png', []],
  ] as const;
  async function* lines(): AsyncGenerator<JournalLine> {
    for (const [index, [image, boxes]] of rows.entries()) {
      const entities = boxes.length === 0 ? [] : [{ phrase: 'a pig', start: 0, end: 5, boxes: [...boxes], score: 1 }];
      const prompt = index === 2 ? 'a' : '<grounding>a';
      yield { index, image, prompt, width: 100, height: 100, caption: 'a pig', entities };
    }
  }
  const leftOut = await writeFormats(['coco', 'yolo', 'voc'], join(folder, 'spelt'), lines);
  expect([...leftOut]).toEqual([]);
  const coco = JSON.parse(readFileSync(join(folder, 'spelt/annotations.json'), 'utf8'));
  expect(coco.images).toMatchObject([{ file_name: 'a.png' }]);
  expect(coco.annotations).toMatchObject([{ bbox: [0, 0, 50, 50] }, { bbox: [50, 50, 50, 50] }]);
  expect(filesIn('spelt').filter((path) => /\//.test(path))).toEqual(['Annotations/a.xml', 'labels/a.txt']);
  expect(readFileSync(join(folder, 'spelt/train.txt'), 'utf8')).toBe('./images/a.png\n');
});

it('a box that stood in a prompt, “It”, takes the place of nothing that a row has found, whichever came first', async () => {
  const [here, there] = [
    [0, 0, 0.5, 0.5],
    [0.5, 0.5, 1, 1],
  ] as const;
  const about = { image: 'a.png', width: 100, height: 100 };
  const given = { phrase: 'It', start: 0, end: 2, score: null };
  async function* lines(): AsyncGenerator<JournalLine> {
    yield { index: 0, ...about, caption: 'It is red', entities: [{ ...given, boxes: [here, there] }] };
    const found = { phrase: 'a pig', start: 0, end: 5, boxes: [here], score: 1 };
    yield { index: 1, ...about, caption: 'a pig', entities: [found] };
  }
  await writeFormats(['coco'], join(folder, 'given'), lines);
  const coco = JSON.parse(readFileSync(join(folder, 'given/annotations.json'), 'utf8'));
  expect(coco.annotations).toMatchObject([
    { bbox: [50, 50, 50, 50], caption: 'It is red' },
    { bbox: [0, 0, 50, 50], caption: 'a pig' },
  ]);
});

it('a picture without a box is one of nothing only where things were looked for in it, to the end of the answer', async () => {
  const looked = '<grounding>An image of';
  const asked = [
    ['words.png', 'An image of', 'eos'],
    ['nothing.png', looked, 'eos'],
    ['cut.png', looked, 'length'],
    ['full.png', looked, 'capacity'],
    ['phrase.png', '<phrase>a dog</phrase>', 'eos'],
    ['both.png', 'An image of', 'eos'],
    ['both.png', looked, 'eos'],
  ] as const;
  const captions = [['nameless.png'], ['cut-caption.png', 'length'], ['caption.png', 'eos']] as const;
  async function* lines(): AsyncGenerator<JournalLine> {
    for (const [index, [image, prompt, finish]] of asked.entries())
      yield { index, image, prompt, finish, width: 100, height: 100, caption: 'a', entities: [] };
    const found = { phrase: 'a pig', start: 0, end: 5, boxes: [[0, 0, 1, 1]], score: 1 };
    const about = { width: 100, height: 100, caption: 'a pig' };
    let index: number = asked.length;
    yield { index: index++, image: 'found.png', prompt: looked, finish: 'length', ...about, entities: [found] };
    for (const [image, finish] of captions)
      yield { index: index++, image, ...about, ...(finish ? { finish } : {}), entities: [] };
  }
  const leftOut = await writeFormats(['coco', 'yolo', 'voc'], join(folder, 'asked'), lines);
  expect([...leftOut]).toEqual(['words.png', 'cut.png', 'full.png', 'nameless.png', 'cut-caption.png']);
  const kept = ['both', 'caption', 'found', 'nothing', 'phrase'];
  const coco = JSON.parse(readFileSync(join(folder, 'asked/annotations.json'), 'utf8'));
  const names = coco.images.map(({ file_name }: { file_name: string }) => file_name);
  expect(names.sort()).toEqual(kept.map((name) => `${name}.png`));
  expect(filesIn('asked').filter((path) => path.startsWith('labels/'))).toEqual(
    kept.map((name) => `labels/${name}.txt`),
  );
  expect(filesIn('asked').filter((path) => path.startsWith('Ann'))).toEqual(
    kept.map((name) => `Annotations/${name}.xml`),
  );
});

it('boxes have their upper left corner first in every format, in whichever order the model named the corners', async () => {
  async function* lines(): AsyncGenerator<JournalLine> {
    const boxes = [[0.75, 0.5, 0.25, 0]];
    const entities = [{ phrase: 'a pig', start: 0, end: 5, boxes, score: 1 }];
    yield { index: 0, image: 'a.png', width: 100, height: 100, caption: 'a pig', entities };
  }
  await writeFormats(['coco', 'grit', 'yolo', 'voc'], join(folder, 'corners'), lines);
  const read = (path: string) => readFileSync(join(folder, 'corners', path), 'utf8');
  expect(JSON.parse(read('annotations.json')).annotations).toMatchObject([{ bbox: [25, 0, 50, 50], area: 2500 }]);
  expect(JSON.parse(read('grit.jsonl')).noun_chunks).toEqual([[0, 5, 0.25, 0, 0.75, 0.5, 1]]);
  expect(read('labels/a.txt')).toBe('0 0.500000 0.250000 0.500000 0.500000\n');
  expect(read('Annotations/a.xml')).toContain('<xmin>26</xmin><ymin>1</ymin><xmax>75</xmax><ymax>50</ymax>');
});

it('each box has its own score in every format that has one, and the mean of its phrase where an earlier version wrote no more', async () => {
  const boxes = [
    [0, 0, 0.5, 0.5],
    [0.5, 0.5, 1, 1],
  ];
  const entity = { phrase: 'a pig', start: 0, end: 5, boxes, score: 0.5 };
  const about = { width: 100, height: 100, caption: 'a pig' };
  async function* lines(): AsyncGenerator<JournalLine> {
    yield { index: 0, image: 'a.png', ...about, entities: [{ ...entity, scores: [0.875, 0.125] }] };
    yield { index: 1, image: 'given.png', ...about, entities: [{ ...entity, scores: [null, 0.5] }] };
    yield { index: 2, image: 'old.png', ...about, entities: [entity] };
  }
  await writeFormats(['coco', 'grit', 'parquet'], join(folder, 'scores'), lines);
  const read = (path: string) => readFileSync(join(folder, 'scores', path), 'utf8');
  const coco = JSON.parse(read('annotations.json'));
  const scores = coco.annotations.map(({ score }: { score?: number }) => score);
  expect(scores).toEqual([0.875, 0.125, undefined, 0.5, 0.5, 0.5]);
  const grit = read('grit.jsonl').trimEnd().split('\n');
  expect(grit.map((line) => JSON.parse(line).noun_chunks.map((chunk: number[]) => chunk.at(-1)))).toEqual([
    [0.875, 0.125],
    [1, 0.5],
    [0.5, 0.5],
  ]);
  const file = await asyncBufferFromFile(join(folder, 'scores/answers.parquet'));
  const rows = await parquetReadObjects({ file });
  expect(rows.map((row) => row.entities.map((one: { scores?: unknown }) => one.scores ?? null))).toEqual([
    [[0.875, 0.125]],
    [[null, 0.5]],
    [null],
  ]);
});
