import { expect, it } from 'vitest';
import { best, logitsError, type Measured } from '../../../scripts/compare/sides.ts';

const run = (change: Partial<Measured>): Measured => ({
  open: 2,
  firstToken: 1,
  tokensPerSecond: 10,
  peakBytes: 100,
  ids: [1],
  runtime: 'here',
  ...change,
});

it('of several runs the fastest times count, and the most memory', () => {
  expect(best([run({ open: 3, tokensPerSecond: 12 }), run({ firstToken: 0.5, peakBytes: 120 })])).toEqual(
    run({ open: 2, firstToken: 0.5, tokensPerSecond: 12, peakBytes: 120 }),
  );
});

it('an error of logits is a part of their range', () => {
  const truth = Float32Array.of(-1, 0, 3);
  expect(logitsError(truth, Float32Array.of(-1, 1, 3))).toBeCloseTo(0.25, 6);
  expect(logitsError(truth, truth)).toBe(0);
});
