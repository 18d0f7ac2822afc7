import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsvRows } from '../../../../src/cli/ground/csv-rows.ts';
import { openInput, openLines } from '../../../../src/cli/ground/inputs.ts';
import type { Item } from '../../../../src/cli/ground/row.ts';
import { parseShard, rowsOf } from '../../../../src/cli/ground/shard.ts';
import { root } from '../../../support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosmos2-inputs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const prompt = '<grounding>An image of';

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function items(path: string, options: { kind?: string | undefined; images?: string } = {}): Promise<object[]> {
  const input = await openInput({ path, prompt, ...options });
  const found: object[] = [];
  for await (const item of input.items()) found.push(item.error ? { error: item.error.code } : item);
  return found;
}

describe('inputs of a long run', () => {
  it('JSON lines ask their prompt, have their caption grounded, or ask the prompt of all', async () => {
    const lines = ['{"image":"a.png","prompt":"p"}', '', '{"image":"a.png","caption":"c"}', '{"image":"b.png"}'];
    const more = [
      '{"image":null,"prompt":"p"}',
      'nonsense',
      '{"image":3,"prompt":"p"}',
      '{}',
      'null',
      '{"caption":"c"}',
    ];
    expect(await items(file('a.jsonl', [...lines, ...more].join('\n')))).toEqual([
      { image: 'a.png', prompt: 'p' },
      { image: 'a.png', caption: 'c' },
      { image: 'b.png', prompt },
      { image: null, prompt: 'p' },
      { error: 'OPTION_INVALID' },
      { error: 'OPTION_INVALID' },
      { error: 'OPTION_INVALID' },
      { error: 'OPTION_INVALID' },
      { image: null, caption: 'c' },
    ]);
  });

  it('GrIT names the picture by its key, with or without an ending', async () => {
    const grit = file('grit.jsonl', '{"key":"00042","caption":"a dog"}\n{"key":"b.png","caption":"a cat","url":"x"}\n');
    expect(await items(grit)).toEqual([
      { image: '00042.jpg', caption: 'a dog' },
      { image: 'b.png', caption: 'a cat' },
    ]);
  });

  it('Parquet, as which GrIT is given away, is refused before it is read as lines', async () => {
    const parquet = file('coyo_0_snappy.parquet', 'PAR1\u0015\u0004');
    const refusal = { code: 'OPTION_INVALID', message: expect.stringContaining('is a Parquet file') };
    for (const kind of [undefined, 'grit', 'csv'])
      await expect(items(parquet, { kind })).rejects.toMatchObject(refusal);
    await expect(openLines(parquet)).rejects.toMatchObject(refusal);
    expect(await items(file('short.jsonl', '{}'))).toEqual([{ error: 'OPTION_INVALID' }]);
  });

  it('CSV has a column image, and prompt or caption or neither', async () => {
    const rows = 'image,caption,prompt\r\na.png,"a dog, ""Rex""",\r\nb.png,,p\r\nc.png,,\r\n,,\r\n,,alone\r\n';
    expect(await items(file('a.csv', `\ufeff${rows}`))).toEqual([
      { image: 'a.png', caption: 'a dog, "Rex"' },
      { image: 'b.png', prompt: 'p' },
      { image: 'c.png', prompt },
      { error: 'OPTION_INVALID' },
      { image: null, prompt: 'alone' },
    ]);
    await expect(items(file('b.csv', 'picture\na.png\n'))).rejects.toThrow(/no column "image"/);
    await expect(items(file('c.csv', 'image,prompt\na.png,"p\n'))).rejects.toThrow(/cannot be read at line/);
  });

  it.each([
    ['a quote inside a field without quotes', 'a.png,a "big" dog'],
    ['more behind the closing quote', 'a.png,"a" dog'],
    ['a field too many', 'a.png,a,dog'],
    ['a field too few', 'a.png'],
  ])('CSV with %s is told by its line', async (_, row) => {
    const told = { code: 'OPTION_INVALID', message: expect.stringContaining('cannot be read at line 2: ') };
    await expect(items(file('wrong.csv', `image,prompt\n${row}\n`))).rejects.toMatchObject(told);
  });

  it('CSV knows its columns in capitals and with spaces around the commas; a prompt in quotes keeps its own', async () => {
    const rows = 'Image , PROMPT\na.png , <grounding>An image of\nb.png, " p, q "\nc.png, \n';
    expect(await items(file('spaced.csv', rows))).toEqual([
      { image: 'a.png', prompt: '<grounding>An image of' },
      { image: 'b.png', prompt: ' p, q ' },
      { image: 'c.png', prompt },
    ]);
  });

  it('COCO captions come picture by picture', async () => {
    const images = [
      { id: 7, file_name: 'a.jpg' },
      { id: 2, file_name: 'b.jpg' },
    ];
    const annotations = [
      { id: 1, image_id: 2, caption: 'a cat' },
      { id: 2, image_id: 7, caption: 'a dog' },
      { id: 3, image_id: 2, caption: 'two cats' },
    ];
    // Windows' PowerShell begins its files with a mark.
    expect(await items(file('coco.json', `\uFEFF${JSON.stringify({ images, annotations })}`))).toEqual([
      { image: 'a.jpg', caption: 'a dog' },
      { image: 'b.jpg', caption: 'a cat' },
      { image: 'b.jpg', caption: 'two cats' },
    ]);
    const stray = JSON.stringify({ images, annotations: [{ image_id: 1, caption: 'a' }] });
    await expect(items(file('stray.json', stray))).rejects.toThrow(/annotations\[0\] belongs to no picture/);
  });

  it('a folder and a pattern give pictures in the order of their names', async () => {
    for (const name of ['p/b.PNG', 'p/a.jpg', 'p/deep/c.webp', 'p/notes.txt']) file(name, '');
    const asked = (...names: string[]) => names.map((image) => ({ image, prompt }));
    expect(await items(join(folder, 'p'))).toEqual(asked('a.jpg', 'b.PNG', 'deep/c.webp'));
    expect(await items('p/*.{jpg,txt}', { images: folder })).toEqual(asked('p/a.jpg', 'p/notes.txt'));
    await expect(items('p/*.gif', { images: folder })).rejects.toThrow(/finds no files/);
  });

  it('a pipe is read once, never to count its rows; what can be read again is counted', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const kind of ['jsonl', 'grit', 'csv'])
      expect(await openInput({ path: pipe, kind, prompt })).toMatchObject({ countable: false });
    const fed = writeFile(pipe, '{"image":"a.png"}\n{"image":"b.png"}\n');
    const rows = ['a.png', 'b.png'].map((image) => ({ image, prompt }));
    expect(await items(pipe)).toEqual(rows);
    await fed;
    for (const path of ['-', '/dev/stdin', '/dev/fd/0'])
      expect(await openInput({ path, prompt })).toMatchObject({ kind: 'jsonl', countable: false });
    const captions = file('once.json', JSON.stringify({ images: [], annotations: [] }));
    file('counted/a.png', '');
    for (const path of [file('twice.jsonl', ''), file('twice.csv', ''), captions, join(folder, 'counted')])
      expect(await openInput({ path, prompt })).toMatchObject({ countable: true });
    const pattern = await openInput({ path: 'counted/*', images: folder, prompt });
    expect(pattern).toMatchObject({ kind: 'glob', countable: true });
  });

  it('a folder gives every file that is a picture, also what cannot be read, as bulk/ does', async () => {
    const named = 'jpg jpeg jfif png webp gif avif heic heif bmp tif tiff'.split(' ');
    for (const ending of [...named, 'JFIF', 'TIF', 'txt', 'svg']) file(`every/${ending}.${ending}`, '');
    const found = (await items(join(folder, 'every'))) as { image: string }[];
    expect(found.map(({ image }) => image.split('.')[1])).toEqual([...named, 'JFIF', 'TIF'].sort());
    const [, list = ''] = /^PICTURES = (.*)$/m.exec(readFileSync(join(root, 'bulk/inputs.py'), 'utf8')) ?? [];
    expect(JSON.parse(list)).toEqual(named);
  });

  it('CSV that breaks off as it is read is told to the one who reads', async () => {
    async function* broken() {
      yield 'image,prompt\na.png,What?\n';
      throw new Error('the disk is gone');
    }
    const read = async () => {
      for await (const _ of readCsvRows(broken(), 'a'));
    };
    await expect(read()).rejects.toThrow('the disk is gone');
  });

  it('what is not there or no kind of input is told', async () => {
    await expect(items(join(folder, 'none.jsonl'))).rejects.toThrow(/cannot be read \(ENOENT\)/);
    await expect(items(folder, { kind: 'csv' })).rejects.toThrow(/cannot be read \(it is a folder\)/);
    await expect(items('a', { kind: 'tar' })).rejects.toThrow(/--input is one of jsonl, folder/);
  });
});

describe('shards', () => {
  const named: Item[] = Array.from({ length: 100 }, (_, i) => ({ image: `${i >> 2}.png`, prompt: `${i}` }));

  it.each([1, 2, 3, 7, 200])(
    '%i of them hold every row once, and keep the rows of a picture together',
    async (count) => {
      const seen: number[] = [];
      const shardOf = new Map<string | null, number>();
      for (let index = 0; index < count; index += 1) {
        for await (const row of rowsOf(named, { index, count })) {
          seen.push(row.index);
          if (row.error) continue;
          expect(row.prompt).toBe(`${row.index}`);
          expect(shardOf.get(row.image) ?? index).toBe(index);
          shardOf.set(row.image, index);
        }
      }
      expect(seen.sort((a, b) => a - b)).toEqual(named.map((_, index) => index));
    },
  );

  it('count from 0', () => {
    expect(parseShard('0/8')).toEqual({ index: 0, count: 8 });
    for (const wrong of ['8/8', '1', '-1/2', '0/0', 'a/b', '1/2/3'])
      expect(() => parseShard(wrong)).toThrow(/--shard is/);
  });
});
