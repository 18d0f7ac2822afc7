import { describe, expect, it } from 'vitest';
import { iou, type UnitBox, unitBox } from '../../../src/kosmos2/box.ts';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import { scoreDescription, scoreList, tallyBoxes } from '../../../src/scenes/score.ts';
import type { KnownThing } from '../../../src/scenes/truth.ts';
import { bus, entity, leftDog, near, rightDog, thing, things } from './known-scene.ts';
import { mostPairs } from './most-pairs.ts';

describe('boxes', () => {
  it('of one phrase are right as brute force counts them', () => {
    const random = mulberry32(9);
    const some = () => {
      const [x, y] = [random() * 0.5, random() * 0.5];
      return unitBox(x, y, x + 0.3 + random() * 0.2, y + 0.3 + random() * 0.2);
    };
    for (let round = 0; round < 200; round++) {
      const dogs = Array.from({ length: 3 }, () => ({ kind: 'dog' as const, box: some() }));
      const boxes = Array.from({ length: 3 }, some);
      const fits = boxes.map((box) => [0, 1, 2].filter((at) => iou(dogs[at]?.box ?? box, box) >= 0.5));
      const tally = tallyBoxes([entity('three dogs', boxes)], [bus, ...dogs], false);
      expect(tally).toEqual({ right: mostPairs(fits, new Set()), of: 3 });
    }
  });

  it.each([
    ['a dog', rightDog.box, true],
    ['A dog', leftDog.box, true],
    ['a bus', leftDog.box, false],
    ['the dog on the left', leftDog.box, true],
    ['the dog on the left', rightDog.box, false],
    ['the leftmost dog', leftDog.box, true],
    ['the lower dog', leftDog.box, true],
    ['the upper dog', leftDog.box, false],
    ['the largest dog', rightDog.box, true],
    ['the smaller dog', rightDog.box, false],
    ['a small dog', rightDog.box, true],
    ['the vehicle', bus.box, true],
    ['the object on the right', rightDog.box, true],
    ['the object on the right', bus.box, false],
    ['the smallest object', leftDog.box, true],
    ['a cat', leftDog.box, false],
    ['dogs', leftDog.box, true],
    ['the dog', unitBox(0.05, 0.5, 0.12, 0.7), false],
  ])('"%s" at %s: %s', (phrase, box, right) => {
    expect(tallyBoxes([entity(phrase, [box])], things, false)).toEqual({ right: right ? 1 : 0, of: 1 });
  });

  it('of phrases that name nothing known, and of the prompt, do not count', () => {
    for (const phrase of ['it', null, 'a dog house', 'the funny dog', 'tennis racket', 'two small dogs']) {
      expect(tallyBoxes([entity(phrase, [leftDog.box])], things, false)).toBeNull();
    }
    expect(tallyBoxes([entity('a dog', [leftDog.box], null)], things, false)).toBeNull();
  });
});

describe('a description', () => {
  it('has its boxes counted, each thing once, and what it misses named', () => {
    const dogs = entity('two dogs', [near(leftDog.box), near(rightDog.box)]);
    expect(scoreDescription([dogs, entity('a bus', [near(bus.box)])], things)).toMatchObject({
      boxes: { right: 3, of: 3 },
      missed: [],
    });
    expect(scoreDescription([entity('a dog', [leftDog.box]), entity('a dog', [leftDog.box])], things)).toMatchObject({
      boxes: { right: 1, of: 2 },
      missed: ['a bus'],
    });
    expect(scoreDescription([], things).missed).toEqual(['two dogs', 'a bus']);
  });

  it.each([
    ['a green frog', 'frog'],
    ['a small red chair', 'chair'],
    ['large orange bread', 'bread'],
    ['a large white cloud', 'cloud'],
    ['a small gray elephant on the left', 'elephant'],
    ['an orange pig in the middle', 'pig'],
  ] as const)('in detail names the kind whose colour, size and place it says: %s', (phrase, kind) => {
    const two = [thing(kind, 0.1, 0.1, 0.3, 0.3), thing(kind, 0.5, 0.5, 0.9, 0.9)];
    const boxed = (box: UnitBox) =>
      scoreDescription([entity(phrase, [box])], [two[0] as KnownThing, two[1] as KnownThing]);
    for (const { box } of two)
      expect(boxed(box)).toMatchObject({ boxes: { right: 1, of: 1 }, missed: [expect.any(String)] });
    expect(boxed(unitBox(0.4, 0, 0.6, 0.1)).boxes).toEqual({ right: 0, of: 1 });
    expect(
      scoreDescription(
        two.map(({ box }) => entity(phrase, [box])),
        two,
      ).missed,
    ).toEqual([]);
  });

  it.each(['two red dogs', 'two small dogs', 'the small red dog', 'the dog in the middle'])(
    'misses no kind because more is said of it than can be checked: %s',
    (phrase) => {
      const dogs = entity(phrase, [leftDog.box, rightDog.box]);
      expect(scoreDescription([dogs], things)).toMatchObject({ boxes: null, missed: ['a bus'] });
    },
  );

  it('in plain words has its names counted', () => {
    const score = scoreList('An image of two dogs, an apple and a bus.', things);
    expect(score).toMatchObject({ named: { right: 3, of: 4 }, missed: [] });
    expect(scoreList('Two small red dogs and a green bus.', things)).toMatchObject({
      named: { right: 3, of: 3 },
      missed: [],
    });
    expect(scoreList('A dog.', things)).toMatchObject({ named: { right: 1, of: 1 }, missed: ['a dog', 'a bus'] });
  });

  it('that names nothing says nothing of what it named, only what it missed', () => {
    for (const text of ['A drawing of a meadow.', '']) {
      expect(scoreList(text, things)).toMatchObject({ named: null, missed: ['two dogs', 'a bus'] });
    }
  });
});
