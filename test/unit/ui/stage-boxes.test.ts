import { describe, expect, it } from 'vitest';
import { markBoxes } from '../../../src/state/marks.ts';
import { emphasisOf, stageBoxes } from '../../../src/ui/stage/stage-boxes.ts';
import { grounded } from '../state/grounded.ts';

const LEFT = [0, 0, 0.25, 0.25] as const;
const RIGHT = [0.5, 0.5, 0.75, 0.75] as const;

const caption = markBoxes([], 'a', grounded('two pigs', [{ phrase: 'two pigs', boxes: [LEFT, RIGHT] }]));
const asked = markBoxes(caption, 'b', grounded('It is', [{ phrase: 'It', boxes: [RIGHT], score: null }]));

describe('stageBoxes', () => {
  it('draws a place once, as the focused answer marked it', () => {
    expect(stageBoxes(asked, null).map(({ mark }) => mark.key)).toEqual(['a/0/0', 'a/0/1']);
    expect(stageBoxes(asked, 'b').map(({ mark }) => mark.key)).toEqual(['b/0/0', 'a/0/0']);
  });

  it('draws a place as a person corrected it, whichever answer was there first or is in the list first', () => {
    const again = markBoxes(caption, 'b', grounded('a pig', [{ phrase: 'a pig', boxes: [RIGHT] }]));
    const edited = again.map((mark) => (mark.turn === 'b' ? { ...mark, edited: true as const } : mark));
    for (const marks of [edited, edited.toReversed()]) {
      const drawn = stageBoxes(marks, null, ['a', 'b']);
      expect(drawn.map(({ mark, label }) => [mark.key, label])).toEqual([
        ['a/0/0', '1 two pigs'],
        ['b/0/0', '1 a pig ✎'],
      ]);
      expect(stageBoxes(marks, 'a', ['a', 'b']).map(({ mark }) => mark.key)).toEqual(['a/0/0', 'a/0/1']);
    }
  });

  it('draws the same before a reload and after it, which puts the marks in the order of the answers', () => {
    const broughtBack = [...asked.filter(({ turn }) => turn === 'b'), ...caption.toReversed()];
    for (const focus of [null, 'a', 'b']) {
      expect(stageBoxes(broughtBack, focus, ['a', 'b'])).toEqual(stageBoxes(asked, focus, ['a', 'b']));
    }
  });

  it('keeps two things of one answer apart, however much they overlap', () => {
    const text = grounded('a hat on a hat', [
      { phrase: 'a hat', boxes: [LEFT] },
      { phrase: 'a hat', boxes: [LEFT] },
    ]);
    expect(stageBoxes(markBoxes([], 'a', text), 'a')).toHaveLength(2);
  });

  it('writes the phrase once for all its boxes', () => {
    expect(stageBoxes(caption, null).map(({ label }) => label)).toEqual(['1 two pigs', '1']);
  });

  it('has no name for what was marked for words that the model does not know', () => {
    const marks = markBoxes([], 'a', grounded('', [{ phrase: '', boxes: [LEFT] }]));
    expect(stageBoxes(marks, null)[0]).toMatchObject({ label: '1', phrase: null });
  });

  it('calls a region of a question by the name an answer gave to it', () => {
    expect(stageBoxes(asked, 'b')[0]?.label).toBe('1 two pigs');
  });
});

describe('emphasisOf', () => {
  const [first, second] = caption;
  if (!first || !second) throw new Error('no boxes');
  const phrase = { turn: 'a', entity: 0, index: null, number: 1 };

  it('lifts every box of a phrase that is pointed at, but only the one box that is pointed at', () => {
    expect(caption.map((mark) => emphasisOf(mark, null, phrase, null))).toEqual(['lifted', 'lifted']);
    const box = { ...phrase, index: 1 };
    expect(caption.map((mark) => emphasisOf(mark, null, box, null))).toEqual(['plain', 'lifted']);
  });

  it('steps back what is neither pointed at nor in the focused answer', () => {
    expect(emphasisOf(first, null, { ...phrase, number: 2, entity: 1 }, null)).toBe('quiet');
    expect(emphasisOf(first, 'b', null, null)).toBe('quiet');
    expect(emphasisOf(first, 'a', null, null)).toBe('plain');
  });

  it('keeps a selected box selected while another one is pointed at', () => {
    expect(emphasisOf(first, 'b', { ...phrase, number: 2, entity: 1 }, phrase)).toBe('selected');
  });
});
