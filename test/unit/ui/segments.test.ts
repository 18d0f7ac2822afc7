import { describe, expect, it } from 'vitest';
import { segments, stopOf } from '../../../src/ui/conversation/segments.ts';
import { grounded } from '../state/grounded.ts';

const BOX = [0, 0, 0.5, 0.5] as const;
const shape = (text: Parameters<typeof segments>[0], from?: number) =>
  segments(text, from).map(({ text: words, entity }) => (entity ? `[${words}]` : words));

describe('segments', () => {
  it('loses and adds no character', () => {
    const caption = 'An image of a 🐷 and a cat.';
    const text = grounded(caption, [
      { phrase: 'a 🐷', boxes: [BOX] },
      { phrase: 'a cat', boxes: [BOX] },
    ]);
    expect(
      segments(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(caption);
    expect(shape(text)).toEqual(['An image of ', '[a 🐷]', ' and ', '[a cat]', '.']);
  });

  it('begins where the answer begins and leaves out entities of the prompt', () => {
    const question = 'Question: What is it? Answer:';
    const text = grounded(`${question} a cat.`, [
      { phrase: 'it', boxes: [BOX] },
      { phrase: 'a cat', boxes: [BOX] },
    ]);
    expect(shape(text, question.length)).toEqual(['[a cat]', '.']);
  });

  it.each([
    [', and', ','],
    [' , and', ' ,'],
    ['.)', '.)'],
    [' and', ''],
  ])('what stays beside the phrase before %s is %s', (text, stop) => {
    expect(stopOf({ text, entity: null })).toBe(stop);
  });

  it('shows an object without a phrase as a piece without words', () => {
    expect(shape(grounded('There', [{ phrase: null, boxes: [BOX] }]))).toEqual(['[]', 'There']);
  });

  it('passes over a phrase that overlaps the one before it', () => {
    const text = grounded('a cat', [{ phrase: 'a cat', boxes: [BOX] }]);
    const [cat] = text.entities;
    if (!cat) throw new Error('no entity');
    const nested = { ...text, entities: [cat, { ...cat, index: 1, start: 2, end: 5 }] };
    expect(shape(nested)).toEqual(['[a cat]']);
  });
});
