import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grounderAnswers } from '../../../src/cli/eval/grounder-answers.ts';
import { Grounder } from '../../../src/cli/grounder.ts';
import { evaluate } from '../../../src/evaluation/evaluate.ts';
import type { Sample } from '../../../src/evaluation/sample.ts';
import { fixture } from '../../support/packages.ts';
import { runCommand } from '../../support/run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-eval-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const scenes = fixture('demo-scenes');
const run = (out: string, ...more: string[]) =>
  runCommand('eval', [
    ...['--model', 'public/models/demo', '--device', 'wasm', '--threads', '1'],
    ...['--dataset', 'scenes', '--data', scenes, '--out', join(folder, out), ...more],
  ]);
const lines = async (out: string) => (await readFile(join(folder, out), 'utf8')).trim().split('\n');

const engine = {
  setImage() {},
  dropImage() {},
  answer: () => Promise.reject(new Error('asked')),
  dispose: async () => {},
};

describe('the command eval', () => {
  it('finds every phrase of the sample scenes, and does nothing twice when it goes on behind a torn line', async () => {
    const begun = await run('run.jsonl', '--limit', '20');
    expect(begun.stderr).toContain('20 samples answered; none failed.');
    const first = await lines('run.jsonl');
    expect(first).toHaveLength(20);
    // As a run that was killed leaves it.
    await writeFile(join(folder, 'run.jsonl'), `${first.slice(0, 12).join('\n')}\n${first[12]?.slice(0, 9)}`);

    const { code, stdout, stderr } = await run('run.jsonl', '--resume', '--summary', join(folder, 'summary.json'));
    expect(code).toBe(0);
    expect(stderr).toContain('143 samples answered, 12 of them by an earlier run; none failed.');
    expect(stdout).toContain('| recall@1 | 100.0 |  |');
    const whole = await lines('run.jsonl');
    expect(whole.slice(0, 20)).toEqual(first);
    expect(new Set(whole.map((line) => JSON.parse(line).id)).size).toBe(143);
    const summary = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
    expect(summary).toMatchObject({ dataset: 'scenes', samples: 143, failed: 0 });
  });

  it('keeps apart what does not belong together: another run, another data set', async () => {
    await run('mine.jsonl', '--limit', '1');
    const again = await run('mine.jsonl', '--limit', '1');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('holds an earlier run')]);
    const other = await runCommand('eval', [
      ...['--model', 'public/models/demo', '--dataset', 'refcoco', '--split', 'val', '--resume'],
      ...['--data', fixture('evaluation/refcoco-data'), '--out', join(folder, 'mine.jsonl')],
    ]);
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('was begun with dataset "scenes"')]);
  });

  it('leaves a file alone that is no run’s, and knows other scenes under the same numbers', async () => {
    const mine = '{"name": "a package of mine"}';
    await writeFile(join(folder, 'package.json'), mine);
    const refused = await run('package.json', '--limit', '1', '--resume');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('no outcome of a run')]);
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe(mine);

    await run('numbered.jsonl', '--limit', '1');
    const other = await mkdtemp(join(folder, 'scenes-'));
    const truth = await readFile(join(scenes, 'truth.jsonl'), 'utf8');
    await writeFile(join(other, 'truth.jsonl'), truth.split('\n').slice(1).join('\n'));
    const mixed = await runCommand('eval', [
      ...['--model', 'public/models/demo', '--dataset', 'scenes', '--data', other, '--resume'],
      ...['--out', join(folder, 'numbered.jsonl')],
    ]);
    expect([mixed.code, mixed.stderr]).toEqual([1, expect.stringContaining('was begun with scenes')]);
  });

  it('tells which pictures are missing, and ends with a failure where all are', async () => {
    const { code, stderr } = await runCommand('eval', [
      ...['--model', 'public/models/demo', '--device', 'wasm', '--dataset', 'refcoco', '--split', 'val'],
      ...['--data', fixture('evaluation/refcoco-data'), '--out', join(folder, 'bare.jsonl')],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('5 IMAGE_UNKNOWN, first in row 0, COCO_train2014_000000000010.jpg');
    expect(stderr).toContain('All 5 samples failed');
    // Gone on with, they are asked about again.
    const again = await runCommand('eval', [
      ...['--model', 'public/models/demo', '--device', 'wasm', '--dataset', 'refcoco', '--split', 'val', '--resume'],
      ...['--data', fixture('evaluation/refcoco-data'), '--out', join(folder, 'bare.jsonl')],
    ]);
    expect(again.stderr).toContain('0 of 5 samples answered; 5 failed.');
  });

  it('asks about no picture whose name two folders have', async () => {
    const answers = grounderAnswers(new Grounder(engine, 1), 'pictures', ['a/1.jpg', 'b/1.jpg', 'b/2.jpg']);
    const { signal } = new AbortController();
    const question = { prompt: [], options: {}, enough: () => false };
    await expect(answers.answer('1.jpg', question, signal)).rejects.toMatchObject({
      code: 'IMAGE_UNKNOWN',
      message:
        'The picture 1.jpg lies twice below "pictures", as a/1.jpg and b/1.jpg. Name the folder of the right one with --images.',
    });
  });

  it('ends where the disk of its pictures went away, and fails a sample where one picture did', async () => {
    const pictures = join(folder, 'pictures');
    await mkdir(join(pictures, 'away'), { recursive: true });
    await writeFile(join(pictures, '2.jpg'), '');
    const names = ['1.jpg', 'away/3.jpg', 'unmounted/4.jpg'];
    const answers = grounderAnswers(new Grounder(engine, 1), pictures, names);
    const evaluated = async (image: string) => {
      const sample: Sample = { task: 'captioning', id: image, image, categories: [], references: [] };
      const { value } = await evaluate([sample], answers, new AbortController().signal).next();
      return value;
    };
    expect(await evaluated('1.jpg')).toMatchObject({ error: { code: 'IMAGE_NOT_AN_IMAGE' } });
    const gone = (message: RegExp) => ({ code: 'STORAGE_FAILED', message: expect.stringMatching(message) });
    await expect(evaluated('3.jpg')).rejects.toMatchObject(gone(/away" of the pictures is empty.*--resume/));
    await expect(evaluated('4.jpg')).rejects.toMatchObject(gone(/unmounted" of the pictures is not there/));
  });

  it('a folder in the place of the results is told', async () => {
    const { code, stderr } = await run('', '--limit', '1');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/could not be written to \(EISDIR\).*another --out/)]);
  });

  it.each([
    [['--dataset', 'imagenet', '--data', '.', '--out', 'x'], '--dataset is one of flickr30k'],
    [['--dataset', 'flickr30k', '--data', '.', '--out', 'x'], '--split is missing'],
    [['--dataset', 'scenes', '--data', '.'], '--out is missing'],
    [['--dataset', 'scenes', '--data', '.', '--out', 'x', '--limit', '2.5'], '--limit must be a whole number from 1'],
  ])('a wrong command line is told: %s', async (args, sentence) => {
    const { code, stderr } = await runCommand('eval', ['--model', 'public/models/demo', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
