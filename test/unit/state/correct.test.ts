import { describe, expect, it } from 'vitest';
import { type AppState, initialState } from '../../../src/state/app-state.ts';
import { boxDeletion, renaming } from '../../../src/state/correct.ts';
import { doChange, undo } from '../../../src/state/history.ts';
import { entityNumbers, markBoxes } from '../../../src/state/marks.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn } from '../../../src/state/turn.ts';
import { grounded } from './grounded.ts';

function answered(): AppState {
  const answer = grounded('An image of a cat and two 🐕 dogs.', [
    { phrase: 'a cat', boxes: [[0, 0, 0.2, 0.2]] },
    {
      phrase: 'two 🐕 dogs',
      boxes: [
        [0.4, 0, 0.6, 0.2],
        [0.7, 0, 0.9, 0.2],
      ],
    },
  ]);
  const boxes = markBoxes([], 't', answer);
  const turn = newTurn('t', 'a.png', { mode: 'describe' }, { settings: DEFAULT_SETTINGS, followUp: false });
  return {
    ...initialState([{ ...sampleImage('a', 'a.png', 10, 10), turns: ['t'], boxes }], 'auto'),
    turns: { t: { ...turn, status: 'done', grounded: answer, numbers: entityNumbers(boxes, 't', 2) } },
  };
}

const make = (state: AppState, change: ReturnType<typeof renaming>): AppState => {
  if (!change) throw new Error('nothing to change');
  return { ...state, ...doChange(state, change) };
};

describe('renaming a phrase', () => {
  it('changes the caption, and what stands behind it still is where its words are', () => {
    const state = make(answered(), renaming(answered(), 't', 0, ' a very big cat '));
    const { caption, entities } = state.turns.t?.grounded ?? { caption: '', entities: [] };
    expect(caption).toBe('An image of a very big cat and two 🐕 dogs.');
    for (const { phrase, start, end } of entities) expect(Array.from(caption).slice(start, end).join('')).toBe(phrase);
    expect(state.images[0]?.boxes[0]?.phrase).toBe('a very big cat');
    expect(state.turns.t?.edited).toEqual([0]);
    const back = { ...state, ...undo(state) };
    expect(back.turns.t).toEqual(answered().turns.t);
    expect(back.images[0]?.boxes).toEqual(answered().images[0]?.boxes);
  });

  it('does nothing without words or with the same', () => {
    expect(renaming(answered(), 't', 0, '  ')).toBeNull();
    expect(renaming(answered(), 't', 0, 'a cat')).toBeNull();
    expect(renaming(answered(), 't', 7, 'a cat')).toBeNull();
  });
});

describe('deleting a box', () => {
  it('leaves the other boxes of the phrase, one after the other as before', () => {
    const state = make(answered(), boxDeletion(answered(), 't', 1, 0));
    expect(state.turns.t?.grounded?.entities[1]?.boxes).toEqual([answered().turns.t?.grounded?.entities[1]?.boxes[1]]);
    expect(state.images[0]?.boxes.map(({ key, index }) => [key, index])).toEqual([
      ['t/0/0', 0],
      ['t/1/0', 0],
    ]);
    const none = make(state, boxDeletion(state, 't', 1, 0));
    expect(none.turns.t?.numbers).toEqual([1, 0]);
    expect(boxDeletion(none, 't', 1, 0)).toBeNull();
  });
});
