import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { knownAnswer } from '../../../src/scenes/question.ts';
import { scoreAnswer } from '../../../src/scenes/score.ts';
import type { SceneTruth } from '../../../src/scenes/truth.ts';
import { bus, leftDog, near, thing, things, truth } from './known-scene.ts';

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
