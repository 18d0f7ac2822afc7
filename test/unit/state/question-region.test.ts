import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { questionParts, regionMark } from '../../../src/state/question-region.ts';
import type { Region } from '../../../src/state/turn.ts';

const region = (number: number): Region => ({
  number,
  patches: { upperLeft: number, lowerRight: 1023 },
  box: unitBox(0, 0, 1, 1),
});
const [one, two, three] = [region(1), region(2), region(3)];

describe('questionParts', () => {
  it.each([
    ['What is it?', ['What is', one, '?']],
    ['What is next to it?', ['What is next to', one, '?']],
    ['Is it left of the house?', ['Is', one, 'left of the house?']],
    ['It is what?', [one, 'is what?']],
    ['What is above', ['What is above', one]],
    ['What is above?!', ['What is above', one, '?!']],
    ['Is there a bitten item', ['Is there a bitten item', one]],
    ['   ', [one]],
  ])('puts the one region of "%s" in its place', (question, parts) => {
    expect(questionParts(question, [one])).toEqual(parts);
  });

  it('puts each region where a mark names it, however often', () => {
    const question = `is ${regionMark(two)} left of [Region 1], or ${regionMark(two)}?`;
    expect(questionParts(question, [one, two])).toEqual(['is', two, 'left of', one, ', or', two, '?']);
  });

  it('leaves out no region: one without a mark takes the place of "it", further ones the end', () => {
    expect(questionParts('Is it next to [region 2]?', [one, two, three])).toEqual([
      'Is',
      one,
      'next to',
      two,
      three,
      '?',
    ]);
  });

  it('leaves a mark words where it names no region of the question', () => {
    expect(questionParts('What is [region 7]?', [])).toEqual(['What is [region 7]?']);
  });
});
