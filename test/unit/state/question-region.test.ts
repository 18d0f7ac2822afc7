import { describe, expect, it } from 'vitest';
import { aroundRegion } from '../../../src/state/question-region.ts';

describe('aroundRegion', () => {
  it.each([
    ['What is it?', 'What is', '?'],
    ['What is next to it?', 'What is next to', '?'],
    ['Is it left of the house?', 'Is', ' left of the house?'],
    ['It is what?', '', ' is what?'],
    ['What is above', 'What is above', ''],
    ['What is above?!', 'What is above', '?!'],
    ['Is there a bitten item', 'Is there a bitten item', ''],
    ['   ', '', ''],
  ])('puts the box of "%s" after "%s" and before "%s"', (question, before, after) => {
    expect(aroundRegion(question)).toEqual({ before, after });
  });
});
