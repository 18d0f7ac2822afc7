import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nounPhrases } from '../../../src/nlp/noun-phrases.ts';
import { fixture } from '../../support/packages.ts';

/** Captions, and below in the same order what they name. */
const captions = [
  'Two puppies sit in a field of grass.',
  'a blue kettle with a wooden grip that steams on top of our kitchen',
  'A man in a blue shirt is riding a brown horse on the beach',
  "The dog's red ball is under the old wooden table.",
  'three black cats, a dog and 2 birds',
  'Children playing soccer',
  'A woman holding an umbrella while crossing the street in New York City',
  'People are waiting for the train at the station',
  "A close-up of a fluffy white cat's face",
  'Grilled chicken with rice on a plate',
  '😀 a big dog and its owner 🐕 on the sofa',
  'a tall brick building with a red door',
  'A big, red, shiny apple on the teacher’s desk',
  'Woman in red dress standing next to black car',
  'a half-eaten pizza',
  "It's a dog's life: don't you see the cat?",
  'two men wearing hats are looking at each other',
  'a white and brown dog',
  'The cat on the left is in front of a box',
  'An old man sits on a park bench reading a newspaper',
  'a very big dog, a small cat and a really quite old tree',
  'The dog runs very fast behind a bright red car',
  'The car is red and dogs run.',
];

const expected = [
  ['Two puppies', 'a field', 'grass'],
  ['a blue kettle', 'a wooden grip', 'our kitchen'],
  ['A man', 'a blue shirt', 'a brown horse', 'the beach'],
  ["The dog's red ball", 'the old wooden table'],
  ['three black cats', 'a dog', '2 birds'],
  ['Children', 'soccer'],
  ['A woman', 'an umbrella', 'the street', 'New York City'],
  ['People', 'the train', 'the station'],
  ["a fluffy white cat's face"],
  ['Grilled chicken', 'rice', 'a plate'],
  ['a big dog', 'its owner', 'the sofa'],
  ['a tall brick building', 'a red door'],
  ['A big, red, shiny apple', 'the teacher’s desk'],
  ['Woman', 'red dress', 'black car'],
  ['a half-eaten pizza'],
  ["a dog's life", 'the cat'],
  ['two men', 'hats'],
  ['a white and brown dog'],
  ['The cat', 'a box'],
  ['An old man', 'a park bench', 'a newspaper'],
  ['a very big dog', 'a small cat', 'a really quite old tree'],
  ['The dog', 'a bright red car'],
  ['The car', 'dogs'],
];

const official = JSON.parse(readFileSync(fixture('reference/official/snowman.json'), 'utf8')) as {
  cases: { caption: string; entities: [name: string, span: [number, number], boxes: unknown][] }[];
};

describe('noun phrases', () => {
  it.each(captions.map((caption, index) => [caption, expected[index] ?? []] as const))(
    'of "%s"',
    (caption, phrases) => {
      expect(nounPhrases(caption).map(({ text }) => text)).toEqual(phrases);
    },
  );

  it('of the official snowman captions are the phrases the official model located', () => {
    expect(official.cases).toHaveLength(2);
    for (const { caption, entities } of official.cases) {
      const found = nounPhrases(caption);
      for (const [text, [start, end]] of entities) expect(found).toContainEqual({ text, start, end });
    }
    expect(nounPhrases(official.cases[0]?.caption ?? '').map(({ text }) => text)).toEqual(['a snowman', 'a fire']);
  });

  it('stand in the text where they say, in code points, one after the other', () => {
    for (const caption of [...captions, captions.join(' 😀\n\n')]) {
      const points = Array.from(caption);
      let end = 0;
      for (const phrase of nounPhrases(caption)) {
        expect(phrase.start).toBeGreaterThanOrEqual(end);
        expect(points.slice(phrase.start, phrase.end).join('')).toBe(phrase.text);
        end = phrase.end;
      }
    }
  });

  it('are none in a text without any, whatever it is', () => {
    for (const text of ['', ' \n', '!?', 'she took him', '😀😀', '\u0000']) {
      expect(nounPhrases(text)).toEqual([]);
    }
  });

  it('of the longest text allowed take less than two seconds of work; a longer one is refused', () => {
    const long = 'a big dog and '.repeat(714);
    const before = process.cpuUsage();
    expect(nounPhrases(long)).toHaveLength(714);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
    expect(() => nounPhrases('x'.repeat(10_001))).toThrowError(expect.objectContaining({ code: 'PROMPT_TOO_LONG' }));
  });
});
