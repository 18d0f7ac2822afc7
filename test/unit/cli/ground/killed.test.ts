import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../../src/kosmos2/random.ts';
import { writePackage } from '../../../support/folder-package.ts';
import { fixture } from '../../../support/packages.ts';
import { runCommand } from '../../../support/run-cli.ts';

const KILLS = 20;
const ROWS = 1000;
const DAMAGED = 500;

const folder = mkdtempSync(join(tmpdir(), 'kosmos2-long-run-'));
const input = join(folder, 'input.jsonl');
const model = join(folder, 'model');

function args(out: string, ...more: readonly string[]): string[] {
  const cheap = ['--max-new-tokens', '1', '--threads', '1'];
  return ['--model', model, '--batch', input, '--images', folder, '--out', join(folder, out), ...cheap, ...more];
}

function answers(out: string): Record<string, unknown>[] {
  const lines = readFileSync(join(folder, out, 'answers.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => {
    const { timings, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return rest;
  });
}

function bytes(out: string): number {
  return statSync(join(folder, out, 'answers.jsonl'), { throwIfNoEntry: false })?.size ?? 0;
}

// Random weights, one picture, one token: the answers are cheap, and all that is between them is what is tested.
describe('a run over a thousand pictures', () => {
  beforeAll(async () => {
    await writePackage('reference/random-f32', model);
    copyFileSync(fixture('demo-scenes/scene-00.png'), join(folder, 'scene.png'));
    writeFileSync(join(folder, 'damaged.png'), readFileSync(fixture('demo-scenes/scene-00.png')).subarray(0, 20_000));
    const rows = Array.from({ length: ROWS }, (_, row) => ({
      image: row === DAMAGED ? 'damaged.png' : 'scene.png',
      prompt: `<grounding> thing ${row % 3} of ${row % 7}`,
    }));
    writeFileSync(input, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const { code, stderr } = await runCommand('ground', args('whole'), { brief: true });
    expect(stderr).toContain(`${ROWS} rows answered; 1 failed.\n  1 IMAGE_DAMAGED, first in row 500, damaged.png: `);
    expect(code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('a damaged one among them ends as one error line', () => {
    const lines = answers('whole');
    expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: ROWS }, (_, index) => index));
    const failed = lines.filter(({ error }) => error !== undefined);
    expect(failed).toEqual([expect.objectContaining({ index: DAMAGED, image: 'damaged.png', code: 'IMAGE_DAMAGED' })]);
    expect(lines.filter(({ ids }) => ids !== undefined)).toHaveLength(ROWS - 1);
  });

  it(`killed at ${KILLS} random points and resumed, it answers the same as undisturbed`, async () => {
    // Each kill comes a little late, and the last is to come before the end too.
    const end = bytes('whole') * 0.5;
    const random = mulberry32(1);
    const points = Array.from({ length: KILLS }, () => Math.floor(random() * end)).sort((a, b) => a - b);
    for (const point of points) {
      const before = bytes('killed');
      const watch = (child: ChildProcess) => {
        // Where an earlier kill came late, at the first line after that.
        const timer = setInterval(() => {
          if (bytes('killed') >= Math.max(point, before + 1)) child.kill('SIGKILL');
        }, 2);
        child.on('close', () => clearInterval(timer));
      };
      const { signal } = await runCommand('ground', args('killed', '--resume'), { brief: true, watch });
      expect(signal, `to be killed at byte ${point} of ${points}`).toBe('SIGKILL');
    }
    const kept = bytes('killed');
    expect(kept).toBeLessThan(bytes('whole'));
    const { code, stderr } = await runCommand('ground', args('killed', '--resume'), { brief: true });
    expect(code).toBe(0);
    expect(stderr).toMatch(/1000 rows answered, \d+ of them by an earlier run; 1 failed/);
    expect(answers('killed')).toEqual(answers('whole'));
  }, 600_000);
});
