import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { JournalLine } from '../../../../src/cli/ground/journal.ts';
import { writeFormats } from '../../../../src/cli/ground/output-formats.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosmos2-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where Ultralytics looks for the labels of a picture (img2label_paths). */
function labelsOf(picture: string): string {
  return join('labels', picture).replace(/\.[^.]*$/, '.txt');
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

it('data.yaml names no folder of its own, which trainers would read from their own current one', async () => {
  await write('trained', ['a.png']);
  expect(readFileSync(join(folder, 'trained/data.yaml'), 'utf8')).toBe(
    'train: images\nval: images\nnames:\n  0: "thing 0"\n',
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
    [...stems.flatMap((stem) => [`labels/${stem}.txt`, `Annotations/${stem}.xml`]), 'classes.txt', 'data.yaml'].sort(),
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
