import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import { bestPairs } from '../../../src/scenes/matching.ts';
import { mostPairs } from './most-pairs.ts';

describe('pairs', () => {
  it('are as many as any other choice of pairs gives', () => {
    const random = mulberry32(5);
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
        [0, 1, 2, 3, 4].filter(() => random() < 0.35),
      );
      const pairs = bestPairs(rows);
      const taken = pairs.filter((column) => column !== null);
      expect(new Set(taken).size).toBe(taken.length);
      for (const [row, column] of pairs.entries()) expect(column === null || rows[row]?.includes(column)).toBe(true);
      expect(taken.length).toBe(mostPairs(rows, new Set()));
    }
  });
});
