import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { klDivergence, wilsonInterval } from '../../../src/cli/quantization/divergence.ts';
import { runCommand } from '../../support/run-cli.ts';

describe('divergence', () => {
  it('is that of the two distributions, whatever is added to all logits', () => {
    const [p, q] = [
      [0.5, 0.25, 0.25],
      [0.25, 0.25, 0.5],
    ];
    const logits = (shares: number[] = [], shift = 0) => Float32Array.from(shares, (share) => Math.log(share) + shift);
    expect(klDivergence(logits(p), logits(q, 40))).toBeCloseTo(0.5 * Math.log(2) - 0.25 * Math.log(2), 5);
    expect(klDivergence(logits(p), logits(p, -7))).toBeCloseTo(0, 6);
  });

  it('does not mind what a rule has forbidden', () => {
    const banned = Float32Array.of(0, Number.NEGATIVE_INFINITY);
    expect(klDivergence(banned, banned)).toBe(0);
  });
});

it('an interval of a share holds it, and is narrower the more was counted', () => {
  const [low, high] = wilsonInterval(98, 100);
  expect([low, high].map((share) => share.toFixed(3))).toEqual(['0.930', '0.994']);
  const [lower, higher] = wilsonInterval(980, 1000);
  expect(higher - lower).toBeLessThan(high - low);
});

it('the table begins with float32, which loses nothing and changes nothing', { timeout: 300_000 }, async () => {
  const { code, stdout } = await runCommand('quantization', ['--limit', '2', '--schemes', 'q4-small']);
  expect(code).toBe(0);
  const rows = stdout.split('\n').filter((line) => /^\| [fq]\d/.test(line));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/^\| f32 \| [\d.]+ \| 0\.00 \| 0\.00% \| 100\.0% \|/);
  const [whole = 0, small = 0] = rows.map((row) => Number(row.split('|')[2]));
  expect(small).toBeLessThan(whole / 4);
});

it('a part of an answer as a limit is told', async () => {
  const { code, stderr } = await runCommand('quantization', ['--limit', '2.5']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--limit must be a whole number from 1')]);
});

it('a table that cannot be written is told before anything is measured', async () => {
  const { code, stdout, stderr } = await runCommand('quantization', ['--limit', '1', '--json', tmpdir()]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^quantization: --json \S+ cannot be written to \(EISDIR\)/);
});
