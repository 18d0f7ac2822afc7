import { describe, expect, it } from 'vitest';
import { iou, type UnitBox, unitBox } from '../../../src/kosmos2/box.ts';
import type { Entity } from '../../../src/kosmos2/grounded-text.ts';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import { bestPairs } from '../../../src/scenes/matching.ts';
import { knownAnswer } from '../../../src/scenes/question.ts';
import {
  scoreAnswer,
  scoreDescription,
  scoreList,
  scoreOthers,
  scoreSearch,
  tallyBoxes,
} from '../../../src/scenes/score.ts';
import type { KnownThing, SceneTruth } from '../../../src/scenes/truth.ts';

const thing = (kind: KnownThing['kind'], ...box: [number, number, number, number]): KnownThing => ({
  kind,
  box: unitBox(...box),
});
const leftDog = thing('dog', 0.05, 0.5, 0.25, 0.7);
const rightDog = thing('dog', 0.7, 0.1, 0.95, 0.4);
const bus = thing('bus', 0.4, 0.6, 0.65, 0.8);
const things = [leftDog, rightDog, bus];
const truth: SceneTruth = { background: 'sky and grass', things };

const entity = (phrase: string | null, boxes: readonly UnitBox[], score: number | null = 0.5): Entity => ({
  index: 0,
  phrase,
  start: 0,
  end: 1,
  complete: true,
  score,
  boxes: boxes.map((box) => ({ upperLeft: 0, lowerRight: 1023, box, score })),
});
const near = ([x1, y1, x2, y2]: UnitBox) => unitBox(x1 + 0.02, y1 - 0.01, x2 + 0.01, y2 + 0.01);

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
      expect(taken.length).toBe(most(rows, new Set()));
    }
  });
});

/** Most pairs by trying everything. */
function most([row, ...rest]: readonly (readonly number[])[], taken: ReadonlySet<number>): number {
  if (row === undefined) return 0;
  const left = row.filter((column) => !taken.has(column));
  return Math.max(most(rest, taken), ...left.map((column) => 1 + most(rest, new Set([...taken, column]))));
}

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
      expect(tally).toEqual({ right: most(fits, new Set()), of: 3 });
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

describe('a search', () => {
  it('misses what it should have found', () => {
    expect(scoreSearch('dogs', [entity('dogs', [leftDog.box])], things)).toMatchObject({
      boxes: { right: 1, of: 1 },
      missed: ['a dog'],
    });
    expect(scoreSearch('a dog', [entity('a dog', [leftDog.box])], things).missed).toEqual([]);
    expect(scoreSearch('a dog', [], things).missed).toEqual(['a dog']);
  });

  it('for what is not there is right to find nothing', () => {
    expect(scoreSearch('a cat', [], things).answer).toEqual({ right: true, words: 'none' });
    expect(scoreSearch('a cat', [entity('a cat', [leftDog.box])], things)).toMatchObject({
      boxes: { right: 0, of: 1 },
      answer: null,
    });
  });

  it.each([
    'the small dog on the left',
    'the left dog at the top',
    'the dog in the middle',
    'the red dog',
    'a red dog',
    'a small dog',
    'a dog on the left',
  ])('that says more than can be checked is not judged, found or not: %s', (phrase) => {
    const nothing = { boxes: null, missed: [], answer: null };
    for (const { box } of things) expect(scoreSearch(phrase, [entity(phrase, [box])], things)).toMatchObject(nothing);
    expect(scoreSearch(phrase, [], things)).toMatchObject(nothing);
    expect(scoreOthers(phrase, [leftDog.box], [], things)).toMatchObject(nothing);
  });

  it('for one of two is right with either where no margin tells which, and wrong with a third', () => {
    const pigs = [
      thing('pig', 0.4, 0, 0.6, 0.2),
      thing('pig', 0.401, 0.5, 0.601, 0.7),
      thing('pig', 0.8, 0, 0.92, 0.12),
    ];
    for (const phrase of ['the pig on the left', 'the large pig']) {
      const found = pigs.map(({ box }) => scoreSearch(phrase, [entity(phrase, [box])], pigs));
      expect(found.map(({ boxes }) => boxes?.right)).toEqual([1, 1, 0]);
      expect(found.map(({ missed }) => missed)).toEqual([[], [], ['a pig']]);
    }
  });

  it('for what is not there is right to find nothing, however it is described', () => {
    expect(scoreSearch('a small red cat', [], things).answer).toEqual({ right: true, words: 'none' });
    expect(scoreSearch('a red cat', [entity('a red cat', [bus.box])], things).boxes).toEqual({ right: 0, of: 1 });
  });

  it.each([
    ['a tree', 'palm tree'],
    ['bears', 'teddy bear'],
    ['the dog', 'hot dog'],
  ] as const)('for %s beside a %s, which would do, is not judged', (phrase, kind) => {
    const beside = [thing(kind, 0.1, 0.1, 0.4, 0.4), bus];
    const found = [entity(phrase, [near(beside[0]?.box ?? bus.box)])];
    const nothing = { boxes: null, missed: [], answer: null };
    expect(scoreSearch(phrase, found, beside)).toMatchObject(nothing);
    expect(scoreSearch(phrase, [], beside)).toMatchObject(nothing);
    expect(scoreOthers(phrase, [], found, beside)).toMatchObject(nothing);
    expect(tallyBoxes(found, beside, false)).toBeNull();
    expect(tallyBoxes([entity(phrase, [bus.box])], beside, false)).toEqual({ right: 0, of: 1 });
  });

  it('for anything else is not judged', () => {
    expect(scoreSearch('my old friend', [entity('my old friend', [leftDog.box])], things)).toMatchObject({
      boxes: null,
      missed: [],
      answer: null,
    });
  });
});

describe('of a thing that others hide', () => {
  const mouse = thing('mouse', 0.3, 0.3, 0.42, 0.42);
  const hidden = [mouse, thing('television', 0.2, 0.2, 0.36, 0.6), thing('television', 0.36, 0.2, 0.6, 0.6)];

  it('nothing is said, and of one that is half hidden all is', () => {
    const missed = (things: readonly KnownThing[]) => [
      scoreDescription([], things).missed,
      scoreList('', things).missed,
      scoreSearch('a mouse', [], things).missed,
      scoreOthers('a mouse', [], [], things).missed,
    ];
    const screens = ['two televisions'];
    expect(missed(hidden)).toEqual([screens, screens, [], []]);
    expect(missed(hidden.slice(0, 2))[0]).toEqual(['a mouse', 'a television']);
    expect(missed(hidden.toReversed())[2]).toEqual(['a mouse']);
    expect(scoreSearch('a mouse', [], hidden).answer).toBeNull();
    expect(scoreSearch('a mouse', [entity('a mouse', [mouse.box])], hidden).boxes).toEqual({ right: 1, of: 1 });
  });

  it.each([
    ['Is there a mouse?', null],
    ['How many objects are there?', null],
    ['How many televisions are there?', 'two'],
    ['Is there a dog?', 'no'],
    ['What is the smallest object?', null],
  ])('no question is judged whose answer hangs on it: %s', (question, words) => {
    expect(knownAnswer(question, { ...truth, things: hidden }, null)?.words ?? null).toBe(words);
    expect(knownAnswer('What is it?', { ...truth, things: hidden }, mouse.box)).toBeNull();
  });

  it('also the next one is right where it alone is meant', () => {
    const dogs = [
      thing('dog', 0.1, 0.3, 0.2, 0.4),
      thing('bus', 0.05, 0.2, 0.5, 0.6),
      thing('dog', 0.7, 0.3, 0.9, 0.5),
    ];
    for (const dog of [dogs[0], dogs[2]] as readonly KnownThing[]) {
      const found = scoreSearch('the dog on the left', [entity('the dog on the left', [dog.box])], dogs);
      expect(found).toMatchObject({ boxes: { right: 1, of: 1 }, missed: [] });
    }
  });
});

describe('the answer to a question', () => {
  it.each([
    ['Is there a bus?', 'yes'],
    ['Are there two dogs in the picture?', 'yes'],
    ['Are there three dogs?', 'no'],
    ['Is there an apple in this image?', 'no'],
    ['Are there grapes?', 'no'],
    ['Are there zero dogs?', null],
    ['Are there 0 dogs?', null],
    ['How many dogs are there?', 'two'],
    ['How many objects are there?', 'three'],
    ['how many  fish are there in the scene', 'zero'],
    ['What color is the background?', 'sky and grass'],
    ['What is on the left?', 'a dog'],
    ['What is at the bottom?', 'a bus'],
    ['What is the biggest object?', null],
    ['What is the smallest object?', null],
    ['Is the bus below the dog?', null],
    ['Who are you?', null],
    ['Is there a dog on the left?', null],
    ['Is there a small dog?', null],
    ['Are there small dogs?', null],
    ['How many small dogs are there?', null],
    ['How many dogs on the left are there?', null],
    ['How many dogs in the middle are there?', null],
    ['How many small fish are there?', null],
    ['Is there a red dog?', null],
    ['How many red dogs are there?', null],
    ['Is the red dog above the bus?', null],
  ])('%s %s', (question, words) => {
    const known = knownAnswer(question, truth, null);
    expect(known?.words ?? null).toBe(words);
  });

  it.each([
    ['Is there a tree?', null],
    ['Are there trees in this picture?', null],
    ['Is there a bear?', null],
    ['Are there two bears?', null],
    ['Is there a dog?', 'yes'],
    ['Are there two dogs?', null],
    ['Is there a palm tree?', 'yes'],
    ['Are there two balls?', 'no'],
    ['Is there a cat?', 'no'],
    ['How many trees are there?', 'zero'],
  ])(
    'beside a palm tree, a teddy bear and a hot dog is not judged where one of those would do: %s %s',
    (question, words) => {
      const kinds = ['palm tree', 'teddy bear', 'hot dog', 'dog', 'soccer ball'] as const;
      const known = knownAnswer(
        question,
        { ...truth, things: kinds.map((kind, at) => thing(kind, at / 5, 0, (at + 1) / 5, 0.5)) },
        null,
      );
      expect(known?.words ?? null).toBe(words);
    },
  );

  it('is told from its words', () => {
    const judge = (question: string, answer: string) =>
      scoreAnswer(answer, knownAnswer(question, truth, null), [], things).answer?.right;
    expect(judge('How many dogs are there?', 'Two.')).toBe(true);
    expect(judge('How many dogs are there?', '2')).toBe(true);
    expect(judge('How many dogs are there?', 'Three.')).toBe(false);
    expect(judge('How many dogs are there?', 'There are two dogs.')).toBe(true);
    expect(judge('How many dogs are there?', 'There are 3 dogs.')).toBe(false);
    expect(judge('How many dogs are there?', 'Dogs.')).toBeUndefined();
    expect(judge('Is there a bus?', 'Yes.')).toBe(true);
    expect(judge('Is there a bus?', 'There is no bus.')).toBe(false);
    expect(judge('Is there a bus?', 'Not at all')).toBeUndefined();
    expect(judge('What is on the left?', 'A dog.')).toBe(true);
    expect(judge('What is on the left?', 'A bus and a dog.')).toBe(false);
    expect(judge('What is the background?', 'Sky and grass.')).toBe(true);
    expect(judge('What is the background?', 'Green.')).toBe(false);
    expect(judge('Who are you?', 'A dog.')).toBeUndefined();
  });

  it.each([
    ['white', 'The background is white.', true],
    ['white', 'A white background.', true],
    ['white', 'It is green.', false],
    ['white', 'A meadow.', undefined],
    ['gray', 'Grey.', true],
    ['a room', 'Room.', true],
    ['a night sky', 'The sky at night.', true],
    ['sky and grass', 'A blue sky above green grass', true],
    ['sky and grass', 'Sky and sand.', false],
    ['sky and grass', 'Sky.', undefined],
    ['stripes', 'Pink stripes.', true],
  ] as const)('about the background %s is told from any sentence: %s', (background, answer, right) => {
    const known = knownAnswer('What is the background?', { ...truth, background }, null);
    expect(scoreAnswer(answer, known, [], things).answer?.right).toBe(right);
  });

  it.each([
    ['It is an animal.', true],
    ['animal', true],
    ['An animal', true],
    ['It is a vehicle.', false],
    ['It is a dog.', undefined],
  ])('about the kind of a thing is told from any sentence: %s', (answer, right) => {
    const known = knownAnswer('What kind of thing is it?', truth, leftDog.box);
    expect(scoreAnswer(answer, known, [], things).answer?.right).toBe(right);
  });

  it('which compares two things is known where they differ', () => {
    const two: SceneTruth = { background: 'red', things: [leftDog, bus] };
    expect(knownAnswer('Is the dog to the left of the bus?', two, null)?.words).toBe('yes');
    expect(knownAnswer('Is the dog below the bus?', two, null)?.words).toBe('no');
    expect(knownAnswer('Is the dog above the cat?', two, null)).toBeNull();
  });

  it('about a region is the kind of the thing in it', () => {
    expect(knownAnswer('What is it?', truth, near(bus.box))?.words).toBe('a bus');
    expect(knownAnswer('What is [region 2]?', truth, near(bus.box))?.words).toBe('a bus');
    expect(knownAnswer('What kind of thing is it?', truth, near(bus.box))?.words).toBe('a vehicle');
    expect(knownAnswer('What is it?', truth, unitBox(0, 0, 1, 1))).toBeNull();
    expect(knownAnswer('What is next to it?', truth, bus.box)).toBeNull();
  });
});
