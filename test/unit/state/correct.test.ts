import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { type AppState, initialState } from '../../../src/state/app-state.ts';
import { boxAddition, boxDeletion, boxMove, correctionReversal, fitted, renaming } from '../../../src/state/correct.ts';
import { doChange, undo } from '../../../src/state/history.ts';
import { entityNumbers, markBoxes } from '../../../src/state/marks.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { newRegion, withRegion } from '../../../src/state/regions.ts';
import { readTurn, writeTurn } from '../../../src/state/saved/saved-turn.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn } from '../../../src/state/turn.ts';
import { grounded } from './grounded.ts';

const turn = newTurn('t', 'a.png', { mode: 'describe' }, { settings: DEFAULT_SETTINGS, followUp: false });

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
    expect(entities.map(({ boxes }) => boxes.some(({ edited }) => edited))).toEqual([true, false]);
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

describe('taking a correction back', () => {
  it('shows the picture it is about', () => {
    const before = answered();
    const state = make(before, renaming(before, 't', 0, 'a lion'));
    const images = [...state.images, sampleImage('b', 'b.png', 10, 10)];
    const back = undo({ ...state, images, current: 'b.png' });
    expect(back.current).toBe('a.png');
  });
});

describe('naming a new box', () => {
  it('finds the words where they are, also behind letters that are two in small', () => {
    const image = grounded('İİİ see a dog and a cat here', []);
    const state = { ...answered(), turns: { t: { ...answered().turns.t, grounded: image, numbers: [] } } } as AppState;
    const { caption, entities } =
      make(state, boxAddition(state, 't', 'A cat', unitBox(0, 0, 0.5, 0.5))).turns.t?.grounded ?? image;
    expect(caption).toBe(image.caption);
    expect(Array.from(caption).slice(entities[0]?.start, entities[0]?.end).join('')).toBe('a cat');
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
    const selected = { turn: 't', entity: 1, index: 0, number: 2 };
    expect(make({ ...answered(), selected }, boxDeletion(answered(), 't', 1, 0)).selected).toBeNull();
    const none = make(state, boxDeletion(state, 't', 1, 0));
    expect(none.turns.t?.numbers).toEqual([1, 0]);
    expect(boxDeletion(none, 't', 1, 0)).toBeNull();
  });

  it('taken back, leaves a region drawn since its number', () => {
    let state = answered();
    for (let box = 0; box < 2; box++) state = make(state, boxDeletion(state, 't', 1, 0));
    const region = newRegion(state, { upperLeft: 900, lowerRight: 900 });
    expect(region.number).toBe(2);
    state = { ...state, ...withRegion(state, region) };
    state = { ...state, ...undo(state) };
    expect(state.turns.t?.numbers).toEqual([1, 3]);
  });
});

describe('moving a box', () => {
  const place = { turn: 't', entity: 1, index: 0 };
  const away = unitBox(0.11, 0.12, 0.53, 0.54);

  it('puts it off the grid, keeps its number, and marks it alone as edited', () => {
    const state = make(answered(), boxMove(answered(), place, away, 'drag'));
    const { boxes } = state.turns.t?.grounded?.entities[1] ?? { boxes: [] };
    expect(boxes.map(({ box, score, edited }) => [box, score, edited])).toEqual([
      [away, null, true],
      [unitBox(0.7, 0, 0.9, 0.2), 0.5, undefined],
    ]);
    expect(state.images[0]?.boxes.map(({ number, edited }) => [number, edited])).toEqual([
      [1, undefined],
      [2, true],
      [2, undefined],
    ]);
  });

  it('is taken back as one drag, however many steps it had', () => {
    let state = answered();
    for (const x of [0.1, 0.2, 0.3]) state = make(state, boxMove(state, place, unitBox(x, 0, x + 0.1, 0.1), 'drag'));
    state = make(state, boxMove(state, place, away, 'another drag'));
    expect(state.history.done).toHaveLength(2);
    state = { ...state, ...undo(state) };
    expect(state.turns.t?.grounded?.entities[1]?.boxes[0]?.box[0]).toBe(0.3);
    state = { ...state, ...undo(state) };
    expect(state.turns.t).toEqual(answered().turns.t);
  });

  it('stays on the picture, a pixel of it large, corners in order', () => {
    expect(fitted(unitBox(0.6, -1, 0.2, 0.4), 10, 10)).toEqual(unitBox(0.2, 0, 0.6, 0.4));
    const [x1, y1, x2, y2] = fitted(unitBox(1.5, 0.5, 1.6, 0.5), 10, 20);
    expect([x1, y1, x2]).toEqual([0.9, 0.5, 1]);
    expect(y2).toBeCloseTo(0.55);
  });
});

describe('adding a box', () => {
  const box = unitBox(0.1, 0.6, 0.3, 0.8);
  const added = (words: string) => make(answered(), boxAddition(answered(), 't', words, box)).turns.t;

  it('of a phrase that is there makes it one box more', () => {
    expect(added(' A cat ')?.grounded?.entities[0]?.boxes).toHaveLength(2);
    expect(added('a cat')?.numbers).toEqual([1, 2]);
  });

  it('finds its words in the caption, as words of their own', () => {
    const { caption, entities } = added('image')?.grounded ?? { caption: '', entities: [] };
    expect(caption).toBe(answered().turns.t?.grounded?.caption);
    expect(entities[2]).toMatchObject({ phrase: 'image', start: 3, end: 8 });
    expect(added('ima')?.grounded?.caption).toBe('An image of a cat and two 🐕 dogs, ima.');
  });

  it('of a thing the caption does not name puts its words at the end of the sentence', () => {
    const { caption, entities } = added('a 🐭 mouse')?.grounded ?? { caption: '', entities: [] };
    expect(caption).toBe('An image of a cat and two 🐕 dogs, a 🐭 mouse.');
    for (const { phrase, start, end } of entities) expect(Array.from(caption).slice(start, end).join('')).toBe(phrase);
    expect(added('a 🐭 mouse')?.numbers).toEqual([1, 2, 3]);
    expect(boxAddition(answered(), 't', ' ', box)).toBeNull();
  });
});

describe('a corrected answer', () => {
  const corrected = () => {
    const moved = make(
      answered(),
      boxMove(answered(), { turn: 't', entity: 0, index: 0 }, unitBox(0, 0, 1, 1), 'drag'),
    );
    const less = make(moved, boxDeletion(moved, 't', 1, 0));
    return make(less, boxAddition(less, 't', 'a mouse', unitBox(0.5, 0.5, 0.6, 0.6)));
  };

  it('comes back as the model said it, with the numbers it had, and the corrections with undo', () => {
    const state = corrected();
    const said = make(state, correctionReversal(state, 't'));
    expect(said.turns.t).toEqual(answered().turns.t);
    expect(said.images[0]?.boxes).toEqual(answered().images[0]?.boxes);
    expect(correctionReversal(said, 't')).toBeNull();
    const again = { ...said, ...undo(said) };
    expect(again.turns.t).toEqual(state.turns.t);
  });

  it('is stored with what the model said', () => {
    const { t } = corrected().turns;
    if (!t) throw new Error('no turn');
    expect(readTurn(structuredClone(writeTurn(t)))).toEqual(t);
    // As the first pages stored it.
    const { original: _, ...old } = answered().turns.t ?? t;
    expect(readTurn(structuredClone({ ...old, error: null }))?.original).toBeNull();
  });
});
