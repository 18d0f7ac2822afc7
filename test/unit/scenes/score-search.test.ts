import { describe, expect, it } from 'vitest';
import { knownAnswer } from '../../../src/scenes/question.ts';
import { scoreDescription, scoreList, scoreOthers, scoreSearch, tallyBoxes } from '../../../src/scenes/score.ts';
import type { KnownThing } from '../../../src/scenes/truth.ts';
import { bus, entity, leftDog, near, thing, things, truth } from './known-scene.ts';

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
