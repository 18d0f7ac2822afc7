import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadNativeOrt } from '../../../src/cli/native-ort.ts';
import { fixture } from '../../support/packages.ts';
import { root, runCommand } from '../../support/run-cli.ts';

const model = join(root, 'public/models/demo');
const scene = fixture('demo-scenes/scene-00.png');
const brief = '<grounding>An image of';

const ground = (args: readonly string[], stdin = '') => runCommand('ground', args, { stdin, brief: true });

describe('npm run ground', () => {
  it('--json prints one object whose offsets cut the phrases out of the caption', async () => {
    const { code, stdout, stderr } = await ground(['--model', model, '--image', scene, '--prompt', brief, '--json']);
    expect(stderr).not.toContain('ground:');
    expect(code).toBe(0);
    const record = JSON.parse(stdout);
    const points = Array.from(record.caption as string);
    expect(record.caption).toBe('An image of a rocket, a cactus, a ghost and a laptop.');
    expect(record.answer).toBe('a rocket, a cactus, a ghost and a laptop.');
    expect(record.text).toMatch(/^<grounding> An image of<phrase> a rocket<\/phrase><object><patch_index_/);
    expect(record.ids.at(-1)).toBe(2);
    expect(record.entities).toHaveLength(4);
    for (const { phrase, start, end, boxes, score, scores } of record.entities) {
      expect(points.slice(start, end).join('')).toBe(phrase);
      for (const [x1, y1, x2, y2] of boxes)
        expect(0 <= x1 && x1 < x2 && x2 <= 1 && 0 <= y1 && y1 < y2 && y2 <= 1).toBe(true);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(scores).toHaveLength(boxes.length);
      expect(scores.reduce((sum: number, one: number) => sum + one, 0) / boxes.length).toBeCloseTo(score, 12);
    }
    expect(record.timings.newTokens).toBe(record.ids.length);
  });

  it('without --json it prints the caption and a line for every phrase', async () => {
    const { stdout } = await ground(['--model', model, '--image', scene, '--prompt', brief]);
    const [caption, ...lines] = stdout.trim().split('\n');
    expect(caption).toBe('An image of a rocket, a cactus, a ghost and a laptop.');
    expect(lines.map((line) => line.trim().split(':')[0])).toEqual(['a rocket', 'a cactus', 'a ghost', 'a laptop']);
  });

  it('--batch answers line by line in order; a bad line becomes an error and the rest goes on', async () => {
    const lines = [
      JSON.stringify({ image: scene, prompt: brief }),
      'not json',
      JSON.stringify({ image: join(root, 'package.json'), prompt: brief }),
      JSON.stringify({ image: scene, prompt: '<grounding><phrase> a cactus</phrase>' }),
    ];
    const { code, stdout, stderr } = await ground(['--model', model, '--batch', '/dev/stdin'], lines.join('\n'));
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toHaveLength(4);
    expect(records[0]).toMatchObject({
      image: scene,
      prompt: brief,
      answer: 'a rocket, a cactus, a ghost and a laptop.',
    });
    expect(Object.keys(records[1])).toEqual(['error']);
    expect(records[2].error).toMatch(/not a picture/);
    expect(records[3].entities[0]).toMatchObject({ phrase: 'a cactus', start: 0, end: 8 });
    expect(code).toBe(1);
    expect(stderr).toContain('2 of 4 lines failed');
  });

  it('an image that repeats in a row is encoded once', async () => {
    const line = JSON.stringify({ image: scene, prompt: brief });
    const file = join(mkdtempSync(join(tmpdir(), 'kosmos2-batch-')), 'batch.jsonl');
    writeFileSync(file, `${line}\n${line}\n`);
    const { code, stdout } = await ground(['--model', model, '--batch', file, '--max-new-tokens', '3']);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(first.timings.image).toBeGreaterThan(0);
    expect(second.timings.image).toBe(0);
    expect(second.ids).toEqual(first.ids);
    expect(first.ids).toHaveLength(3);
    expect(code).toBe(0);
  });

  it('--batch-size and --threads print the same lines in the same order, a damaged picture among them', async () => {
    const lines = [scene, join(root, 'package.json'), fixture('demo-scenes/scene-01.png'), null, scene].flatMap(
      (image) => [brief, '<grounding><phrase> a cactus</phrase>'].map((prompt) => JSON.stringify({ image, prompt })),
    );
    const records = async (...how: readonly string[]) => {
      const { stdout, stderr } = await ground(
        ['--model', model, '--batch', '/dev/stdin', '--max-new-tokens', '40', '--device', 'wasm', ...how],
        lines.join('\n'),
      );
      expect(stderr).toContain('2 of 10 lines failed');
      return stdout
        .trim()
        .split('\n')
        .map((line) => ({ ...JSON.parse(line), timings: null, entities: null }));
    };
    const single = await records('--threads', '1');
    expect(single).toHaveLength(10);
    expect(await records('--threads', '1', '--batch-size', '4')).toEqual(single);
    expect(await records('--threads', '2')).toEqual(single);
  });

  it('a device without its runtime is one sentence that says how to get it', async ({ skip }) => {
    if (loadNativeOrt().ort) skip('onnxruntime-node is installed');
    const { code, stderr } = await ground(['--model', model, '--prompt', brief, '--device', 'cpu']);
    expect(stderr).toBe(
      'ground: The device "cpu" does not start: onnxruntime-node is not installed. Run npm install --no-save onnxruntime-node, or use --device wasm.\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    ['a missing model', ['--model', '/nowhere', '--prompt', brief], 1, /manifest\.json is missing in \/nowhere/],
    [
      'a file that is no image',
      ['--model', model, '--image', fixture('demo-model/config.json'), '--prompt', brief],
      1,
      /not a picture/,
    ],
    ['a missing batch file', ['--model', model, '--batch', '/nowhere.jsonl'], 1, /cannot be read \(ENOENT\)/],
    ['a folder without --out', ['--model', model, '--batch', fixture('demo-scenes')], 2, /\(folder\) goes with --out/],
    ['a pattern without --out', ['--model', model, '--batch', 'none/*.png'], 2, /\(glob\) goes with --out/],
    ['no tokens', ['--model', model, '--prompt', brief, '--max-new-tokens', '0'], 2, /--max-new-tokens must be .* 0\./],
    ['a forbidden tag', ['--model', model, '--prompt', 'a <image> b'], 1, /<image>/],
    [
      'a wrong number',
      ['--model', model, '--prompt', brief, '--max-new-tokens', 'many'],
      2,
      /--max-new-tokens must be a number/,
    ],
    [
      'a number out of range',
      ['--model', model, '--batch', '-', '--out', '/nowhere', '--top-p', '2'],
      2,
      /--top-p must be a number above 0 and at most 1, but is 2/,
    ],
    [
      'a folder that cannot be written to',
      ['--model', model, '--batch', fixture('demo-scenes/scenes.jsonl'), '--out', '/dev/null/answers'],
      1,
      /could not be written to \(ENOTDIR\).*--out/,
    ],
    ['no prompt', ['--model', model], 2, /--prompt is missing/],
    [
      'an unknown device',
      ['--model', model, '--prompt', brief, '--device', 'tpu'],
      2,
      /--device is one of auto, wasm,/,
    ],
    ['a batch of none', ['--model', model, '--prompt', brief, '--batch-size', '0'], 2, /--batch-size must be 1 to 64/],
  ])('%s ends with one clear sentence on stderr and no stack trace', async (_, args, expectedCode, sentence) => {
    const { code, stdout, stderr } = await ground(args);
    const told = stderr.split('\n').filter((line) => line.startsWith('ground: '));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(expectedCode);
  });

  it('--help tells every option', () => {
    const stdout = execFileSync('npm', ['run', '-s', 'ground', '--', '--help'], { cwd: root, encoding: 'utf8' });
    for (const option of ['--model', '--image', '--prompt', '--batch', '--json', '--no-grammar'])
      expect(stdout).toContain(option);
  });
});
