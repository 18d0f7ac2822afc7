import { describe, expect, it } from 'vitest';
import { spokenParts } from '../../../src/ui/conversation/spoken-parts.ts';

const answer = 'An image of a bike, a castle, 3.5 flowers and a turtle. It is day.';

describe('spokenParts', () => {
  it('only ever adds parts while an answer grows, and in the end has said every word', () => {
    let before: readonly string[] = [];
    for (let length = 1; length <= answer.length; length++) {
      const parts = spokenParts(answer.slice(0, length), false);
      expect(parts.slice(0, before.length)).toEqual(before);
      before = parts;
    }
    const all = spokenParts(answer, true);
    expect(all.slice(0, before.length)).toEqual(before);
    expect(all.join(' ')).toBe(answer);
  });

  it('never cuts inside a number or a word', () => {
    expect(spokenParts(answer, true)).toContain('3.5 flowers and a turtle.');
  });
});
