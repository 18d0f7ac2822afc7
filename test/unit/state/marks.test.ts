import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { entityNumbers, markBoxes } from '../../../src/state/marks.ts';
import { regionOf } from '../../../src/state/regions.ts';
import { grounded } from './grounded.ts';

const LEFT = [0, 0, 0.25, 0.25] as const;
const RIGHT = [0.5, 0.5, 0.75, 0.75] as const;
const BOTTOM = [0, 0.5, 0.25, 0.75] as const;

describe('markBoxes', () => {
  it('numbers things in order of appearance and gives all boxes of a phrase its number', () => {
    const marks = markBoxes(
      [],
      'a',
      grounded('two pigs and a cat', [
        { phrase: 'two pigs', boxes: [LEFT, RIGHT] },
        { phrase: 'a cat', boxes: [BOTTOM] },
      ]),
    );
    expect(marks.map(({ key, number }) => [key, number])).toEqual([
      ['a/0/0', 1],
      ['a/0/1', 1],
      ['a/1/0', 2],
    ]);
  });

  it('only ever appends while an answer grows, and returns the same list where nothing is new', () => {
    const first = markBoxes([], 'a', grounded('two pigs', [{ phrase: 'two pigs', boxes: [LEFT] }]));
    const whole = grounded('two pigs', [{ phrase: 'two pigs', boxes: [LEFT, RIGHT] }]);
    const second = markBoxes(first, 'a', whole);
    expect(second.slice(0, 1)).toEqual(first);
    expect(second).toHaveLength(2);
    expect(markBoxes(second, 'a', whole)).toBe(second);
  });

  it('leaves a region of a question its number: no other thing takes it, and its own box has it', () => {
    const region = { number: 1, patches: { upperLeft: 0, lowerRight: 33 }, box: unitBox(...LEFT) };
    const answer = grounded('a pig, a cat', [
      { phrase: 'a pig', boxes: [LEFT] },
      { phrase: 'a cat', boxes: [RIGHT] },
    ]);
    expect(markBoxes([], 'a', answer, [region]).map(({ phrase, number }) => [phrase, number])).toEqual([
      ['a pig', 1],
      ['a cat', 2],
    ]);
    const alone = grounded('a cat', [{ phrase: 'a cat', boxes: [RIGHT] }]);
    expect(markBoxes([], 'a', alone, [region]).map(({ number }) => number)).toEqual([2]);
  });

  it('keeps the number of a small thing whose cells another answer wrote too, wherever between them its box lies', () => {
    const cells = [0.11, 0.11, 0.17, 0.17] as const;
    const first = grounded('a bee', [{ phrase: 'a bee', boxes: [cells] }]);
    const marks = markBoxes([], 'a', first);
    const [entity] = first.entities;
    const boxes = entity?.boxes.map((box) => ({ ...box, box: unitBox(0.11, 0.11, 0.14, 0.14) }));
    const again = { ...first, entities: [{ ...entity, boxes }] } as typeof first;
    expect(markBoxes(marks, 'b', again).map(({ number }) => number)).toEqual([1, 1]);
  });

  it('keeps the number of a thing that another answer marked at almost the same place', () => {
    const first = markBoxes(
      [],
      'a',
      grounded('a pig, a cat', [
        { phrase: 'a pig', boxes: [LEFT] },
        { phrase: 'a cat', boxes: [RIGHT] },
      ]),
    );
    const moved = [0.5, 0.5, 0.75, 0.78125] as const;
    const second = markBoxes(
      first,
      'b',
      grounded('the cat, a hat', [
        { phrase: 'the cat', boxes: [moved] },
        { phrase: 'a hat', boxes: [BOTTOM] },
      ]),
    );
    expect(entityNumbers(second, 'b', 2)).toEqual([2, 3]);
  });

  it('takes the closest of several things at a place', () => {
    const wide = [0.5, 0.5, 0.8, 0.75] as const;
    const first = markBoxes(
      [],
      'a',
      grounded('x y', [
        { phrase: 'x', boxes: [wide] },
        { phrase: 'y', boxes: [BOTTOM] },
      ]),
    );
    const both = markBoxes(first, 'b', grounded('z', [{ phrase: 'z', boxes: [[0.5, 0.5, 0.73, 0.75]] }]));
    const again = markBoxes(both, 'c', grounded('z', [{ phrase: 'z', boxes: [[0.5, 0.5, 0.81, 0.75]] }]));
    expect(again.at(-1)?.number).toBe(1);
  });

  it('says 0 for an entity without a box', () => {
    const text = grounded('a pig', [{ phrase: 'a pig', boxes: [] }]);
    expect(entityNumbers(markBoxes([], 'a', text), 'a', 1)).toEqual([0]);
  });
});

describe('a region of a box of an answer', () => {
  it('has its upper left corner first, whatever order the answer named them in', () => {
    const mark = { key: 'a/0/0', turn: 'a', entity: 0, index: 0, number: 1, phrase: 'a pig', score: 1 };
    const inverted = { ...mark, box: unitBox(0.75, 0.75, 0.5, 0.5), patches: { upperLeft: 759, lowerRight: 528 } };
    const patches = { upperLeft: 528, lowerRight: 759 };
    expect(regionOf(inverted)).toEqual({ number: 1, patches, box: unitBox(0.5, 0.5, 0.75, 0.75) });
  });
});
