import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInput } from '../../../../src/cli/ground/inputs.ts';
import { FORMATS } from '../../../../src/cli/ground/output-formats.ts';
import type { Item } from '../../../../src/cli/ground/row.ts';
import { iou, SAME_PLACE, type UnitBox } from '../../../../src/kosmos2/box.ts';
import { type ReadAnnotations, readAnnotations, readersMissing } from '../../../support/annotation-readers.ts';
import { fixture } from '../../../support/packages.ts';
import { caption, type Line, longRuns, rows } from './long-runs.ts';

const { folder, images, run, answers } = longRuns();
afterAll(() => rmSync(folder, { recursive: true }));

interface Corners {
  readonly corners: readonly number[];
}

function isSamePlace({ corners: a }: Corners, { corners: b }: Corners): boolean {
  return iou(a as unknown as UnitBox, b as unknown as UnitBox) >= SAME_PLACE;
}

function textOf(lines: readonly Line[]) {
  return lines.map(({ index, image, caption: words, entities, error }) => ({ index, image, words, entities, error }));
}

describe('a long run', () => {
  let told = '';
  let read: ReadAnnotations;

  beforeAll(async () => {
    told = await run('out', { formats: FORMATS });
    mkdirSync(join(folder, 'out/images'));
    for (const name of ['scene-00.png', 'scene-01.png'])
      copyFileSync(join(images, name), join(folder, 'out/images', name));
    if (!readersMissing) read = readAnnotations(join(folder, 'out'));
  }, 300_000);

  it('answers every row in its place, and says in the end what failed', () => {
    const lines = answers('out');
    expect(lines.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(lines[0]?.caption).toBe('An image of a rocket, a cactus, a ghost and a laptop.');
    expect(lines[0]?.entities.map(({ phrase }) => phrase)).toEqual(['a rocket', 'a cactus', 'a ghost', 'a laptop']);
    expect(lines[2]).toMatchObject({ image: 'missing.png', code: 'IMAGE_NOT_AN_IMAGE' });
    expect(told).toMatch(/6 rows answered; 1 failed\.\n {2}1 IMAGE_NOT_AN_IMAGE, first in row 2, missing\.png: /);
  });

  it('finds the phrases of a caption and locates each as the caption in words alone would have it', () => {
    const [described, grounded] = answers('out') as [Line, Line];
    expect(grounded.caption).toBe(caption);
    expect(grounded.entities.map(({ phrase }) => phrase)).toEqual(['a rocket', 'a cactus', 'a ghost']);
    for (const { phrase, start, end, boxes, score, scores } of grounded.entities) {
      expect(caption.slice(start, end)).toBe(phrase);
      expect([boxes.length, scores]).toEqual([1, [score]]);
      // Where the scene has the thing, as the description says too.
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes[0] as number[];
      const same = described.entities.find((one) => one.phrase === phrase);
      const [left = 0, top = 0, right = 0, bottom = 0] = same?.boxes[0] ?? [];
      const shared =
        Math.max(0, Math.min(x2, right) - Math.max(x1, left)) * Math.max(0, Math.min(y2, bottom) - Math.max(y1, top));
      const both = (x2 - x1) * (y2 - y1) + (right - left) * (bottom - top) - shared;
      expect(shared / both).toBeGreaterThan(0.5);
    }
  });

  it.skipIf(readersMissing)('COCO, YOLO and VOC read by pycocotools and globox have the boxes of the answers', () => {
    const boxes = answers('out').flatMap(({ image, width = 0, height = 0, error, entities }) =>
      error || image === null
        ? []
        : entities.flatMap(({ phrase, boxes: all }) =>
            all.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => ({
              image,
              phrase,
              corners: [x1 * width, y1 * height, x2 * width, y2 * height],
            })),
          ),
    );
    expect(boxes.length).toBeGreaterThan(8);
    for (const image of ['scene-00.png', 'scene-01.png']) {
      const mentions = boxes.filter((box) => box.image === image);
      // The caption of the second row names things of the first, which are labels once.
      const expected = mentions.filter((box, at) => mentions.slice(0, at).every((first) => !isSamePlace(first, box)));
      expect(read.coco[image]?.boxes.map(([label]) => label)).toEqual(expected.map(({ phrase }) => phrase));
      expect(read.voc[image]?.boxes.map(([label]) => label)).toEqual(expected.map(({ phrase }) => phrase));
      expect(read.yolo[image]?.boxes).toHaveLength(expected.length);
      for (const [index, { corners }] of expected.entries()) {
        for (const [side, value] of corners.entries()) {
          expect(read.coco[image]?.boxes[index]?.[side + 1]).toBeCloseTo(value, 2);
          expect(read.yolo[image]?.boxes[index]?.[side + 1]).toBeCloseTo(value, 2);
          expect(Math.abs((read.voc[image]?.boxes[index]?.[side + 1] as number) - value)).toBeLessThanOrEqual(1.5);
        }
      }
    }
    expect(read.pycocotools.map(({ file }) => file)).toEqual(['scene-00.png', 'scene-01.png']);
  });

  it('Parquet read by hyparquet has every line, nested as it is', async () => {
    const file = await asyncBufferFromFile(join(folder, 'out/answers.parquet'));
    const table = await parquetReadObjects({ file });
    const lines = answers('out');
    expect(table).toHaveLength(lines.length);
    for (const [index, line] of lines.entries()) {
      const row = table[index] as Record<string, unknown>;
      for (const name of ['image', 'prompt', 'width', 'height', 'answer', 'text', 'finish', 'error', 'code']) {
        expect(row[name] ?? null).toEqual((line as unknown as Record<string, unknown>)[name] ?? null);
      }
      expect(row.index).toBe(BigInt(line.index));
      expect(row.ids ?? undefined).toEqual(line.ids);
      const entities = line.entities?.map(({ boxes, ...rest }) => ({
        ...rest,
        boxes: boxes.map(([x1, y1, x2, y2]) => ({ x1, y1, x2, y2 })),
      }));
      expect(row.entities ?? undefined).toEqual(entities);
    }
  });

  it('in shards and resumed it gives the same answers', async () => {
    for (const index of [0, 1]) await run('shards', { shard: { index, count: 2 } });
    const parts = [0, 1].flatMap((index) => answers(`shards/shard-${index}-of-2`));
    expect(textOf(parts.sort((a, b) => a.index - b.index))).toEqual(textOf(answers('out')));
    const whole = readFileSync(join(folder, 'out/answers.jsonl'), 'utf8');
    mkdirSync(join(folder, 'half'));
    copyFileSync(join(folder, 'out/run.json'), join(folder, 'half/run.json'));
    writeFileSync(join(folder, 'half/answers.jsonl'), whole.slice(0, whole.length * 0.7));
    expect(await run('half', { resume: true })).toMatch(/6 rows answered, \d of them by an earlier run; 1 failed/);
    expect(textOf(answers('half'))).toEqual(textOf(answers('out')));
  });

  it('refuses to mix runs: no --resume, other options, a changed input, too many rows for one COCO file', async () => {
    await expect(run('out')).rejects.toThrow(/holds the answers of an earlier run.*--resume/);
    await expect(run('out', { resume: true, decoding: { maxNewTokens: 3 } })).rejects.toThrow(
      /begun with maxNewTokens 40, and this is 3/,
    );
    const input = { ...(await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' })) };
    const other = { ...input, items: () => rows.map(() => ({ image: 'other.png', prompt: 'a' })) };
    await expect(run('out', { resume: true, input: other })).rejects.toThrow(/the input has changed/);
    const shorter = { ...input, items: () => rows.slice(0, 5) as Item[] };
    await expect(run('out', { resume: true, input: shorter })).rejects.toThrow(/Row 5.*is not there any more/);
    // Of a shard whose last row another one has now: nothing behind it is answered first.
    const paired = rows.map((row, index) => (index === 3 ? { ...row, image: 'missing.png' } : row));
    const moved = { ...input, items: () => [...paired, { image: 'scene-00.png', prompt: 'a' }] as Item[] };
    const [before, part] = [answers('shards/shard-0-of-2').length, { index: 0, count: 2 }];
    await expect(run('shards', { resume: true, shard: part, input: moved })).rejects.toThrow(/the input has changed/);
    expect(answers('shards/shard-0-of-2')).toHaveLength(before);
    const captions = (words: string) => ({ ...input, items: () => [{ image: 'scene-00.png', caption: words }] });
    await run('captions', { input: captions('a rocket') });
    await expect(run('captions', { resume: true, input: captions('a ghost') })).rejects.toThrow(
      /the input has changed/,
    );
    const many = { ...input, items: () => Array.from({ length: 200_001 }, () => ({ image: 'a.png', prompt: 'a' })) };
    await expect(run('many', { input: many, formats: ['coco'] })).rejects.toThrow(/200001. Use --shard/);
  });

  it('names the file of its settings where that is cut off, and goes on without it', async () => {
    mkdirSync(join(folder, 'cut'));
    copyFileSync(join(folder, 'out/answers.jsonl'), join(folder, 'cut/answers.jsonl'));
    writeFileSync(join(folder, 'cut/run.json'), '{\n "model": "');
    const resumed = () => run('cut', { resume: true });
    await expect(resumed()).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(/cut\/run\.json is damaged.*Delete it to go on/),
    });
    rmSync(join(folder, 'cut/run.json'));
    expect(await resumed()).toMatch(/5 of 6 rows answered/);
  });

  it('takes other options in the place of those with which nothing was answered', async () => {
    const none = () => Promise.reject(new Error('no such model'));
    await expect(run('mistyped', { prompt: 'mistyped' }, none)).rejects.toThrow('no such model');
    expect(await run('mistyped')).toMatch(/6 rows answered/);
  });

  it('finds pictures that are named by absolute paths', async () => {
    const prompt = '<grounding>An image of';
    const image = fixture('demo-scenes/scene-01.png');
    writeFileSync(join(folder, 'absolute.jsonl'), `${JSON.stringify({ image, prompt })}\n`);
    await run('absolute', { input: await openInput({ path: join(folder, 'absolute.jsonl'), images, prompt }) });
    const [line] = answers('absolute');
    expect(line?.image).toBe(image);
    expect(line?.ids).toEqual(answers('out')[5]?.ids);
  });

  it('looks at the picture of a caption that names nothing: its size, or what is wrong with it', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const items = () => ['scene-01.png', 'missing.png'].map((image) => ({ image, caption: 'so beautiful' }));
    expect(await run('nameless', { input: { ...input, items }, formats: ['coco'] })).toMatch(/1 of 2 rows answered/);
    const [there, missing] = answers('nameless');
    expect(there).toMatchObject({ image: 'scene-01.png', width: 853, height: 640, entities: [] });
    expect(missing).toMatchObject({ image: 'missing.png', code: 'IMAGE_NOT_AN_IMAGE' });
    // Nothing was looked for in it.
    expect(JSON.parse(readFileSync(join(folder, 'nameless/annotations.json'), 'utf8')).images).toEqual([]);
  });

  it('a caption of which a phrase was cut off before its box is no label of nothing there', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const items = () => [{ image: 'scene-00.png', caption }];
    const changed = { input: { ...input, items }, formats: ['coco'] as const };
    expect(await run('cut-caption', { ...changed, decoding: { maxNewTokens: 2 } })).toMatch(/1 picture is left out/);
    expect(answers('cut-caption')).toMatchObject([{ entities: [], finish: 'length' }]);
    expect(JSON.parse(readFileSync(join(folder, 'cut-caption/annotations.json'), 'utf8')).images).toEqual([]);
    expect(answers('out')[1]).toMatchObject({ caption, finish: 'eos' });
  });

  it('says of how many pictures its labels say nothing, since no boxes were asked for', async () => {
    const input = await openInput({ path: join(folder, 'rows.jsonl'), images, prompt: '' });
    const items = () => [{ image: 'scene-01.png', prompt: 'a' }];
    const changed = { input: { ...input, items }, decoding: { maxNewTokens: 1 }, formats: ['coco'] as const };
    expect(await run('asked', changed)).toMatch(/1 picture is left out of coco.* Ask with <grounding>/);
    expect(JSON.parse(readFileSync(join(folder, 'asked/annotations.json'), 'utf8')).images).toEqual([]);
  });
});
