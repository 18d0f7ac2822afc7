import { beforeEach, describe, expect, it } from 'vitest';
import { type AppState, initialState } from '../../../src/state/app-state.ts';
import { doChange, redo, undo } from '../../../src/state/history.ts';
import { entityNumbers, markBoxes } from '../../../src/state/marks.ts';
import { onStage } from '../../../src/state/on-stage.ts';
import { newImage, sampleImage } from '../../../src/state/page-image.ts';
import { newRegion, regionOf, withRegion } from '../../../src/state/regions.ts';
import { clearance, imageRemoval, regionRemoval, turnDeletion, turnReplacement } from '../../../src/state/remove.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type Turn } from '../../../src/state/turn.ts';
import { grounded } from './grounded.ts';

const own = newImage({ id: 'own', kind: 'own', name: '', url: 'blob:own', blob: null, width: 1, height: 1 });
let state: AppState;

/** Adds an answer with a thing at each of these places. */
function add(id: string, image: string, ...places: readonly number[]): void {
  const words = places.map(() => 'a cat').join(' ');
  const answer = grounded(
    words,
    places.map((x) => ({ phrase: 'a cat', boxes: [[x, 0, x + 0.1, 0.1]] })),
  );
  const turn: Turn = {
    ...newTurn(id, image, { mode: 'find', words: id }, { settings: DEFAULT_SETTINGS, followUp: false }),
    status: 'done',
    grounded: answer,
  };
  const images = state.images.map((one) => {
    if (one.id !== image) return one;
    const boxes = markBoxes(one.boxes, id, answer);
    return { ...one, boxes, turns: [...one.turns, id], focus: id };
  });
  const numbers = entityNumbers(images.find((one) => one.id === image)?.boxes ?? [], id, places.length);
  state = { ...state, images, turns: { ...state.turns, [id]: { ...turn, numbers } } };
}

const change = (made: Partial<AppState>) => {
  state = { ...state, ...made };
};
const make = (made: ReturnType<typeof turnDeletion>) => made && change(doChange(state, made));
const imageNow = (id: string) => state.images.find((image) => image.id === id);
const regions = () => state.draft.regions.map(({ number }) => number);
const draw = (upperLeft: number) => change(withRegion(state, newRegion(state, { upperLeft, lowerRight: upperLeft })));

beforeEach(() => {
  state = initialState([sampleImage('a', 'a.png', 1, 1)], 'auto');
  state = { ...state, images: [...state.images, own] };
  add('t1', 'a.png', 0);
  add('t2', 'a.png', 0.3);
  add('t3', 'a.png', 0.6);
  add('t4', 'own', 0);
});

describe('deleting a turn', () => {
  it('takes its boxes along, and undo puts both back where they were', () => {
    const before = state;
    make(turnDeletion(state, 't2'));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't3']);
    expect(imageNow('a.png')?.boxes.map(({ turn }) => turn)).toEqual(['t1', 't3']);
    expect(state.turns.t2).toBeUndefined();
    change(undo(state));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't2', 't3']);
    expect(state.turns.t2).toEqual(before.turns.t2);
    expect(new Set(imageNow('a.png')?.boxes)).toEqual(new Set(before.images[0]?.boxes));
    change(redo(state));
    expect(state.turns.t2).toBeUndefined();
  });

  it('keeps what was asked in between, and gives no two things one number', () => {
    make(turnDeletion(state, 't3'));
    add('t5', 'a.png', 0.8);
    expect(state.turns.t5?.numbers).toEqual([3]);
    change(undo(state));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't2', 't3', 't5']);
    expect(state.turns.t3?.numbers).toEqual([4]);
    expect(state.turns.t5?.numbers).toEqual([3]);
  });

  it('gives none of two things that come back the number that the other keeps', () => {
    add('t5', 'a.png', 0.75, 0.9);
    make(turnDeletion(state, 't5'));
    add('t6', 'a.png', 0.15);
    expect(state.turns.t6?.numbers).toEqual([4]);
    change(undo(state));
    expect(state.turns.t5?.numbers).toEqual([6, 5]);
  });

  it('leaves a region drawn since its number, which is its own where it lies on what comes back', () => {
    make(turnDeletion(state, 't3'));
    draw(900);
    expect(regions()).toEqual([3]);
    change(undo(state));
    expect(state.turns.t3?.numbers).toEqual([4]);
    const mark = imageNow('a.png')?.boxes.at(-1);
    change(redo(state));
    if (mark) change(withRegion(state, { ...regionOf(mark), number: 5 }));
    change(undo(state));
    expect(state.turns.t3?.numbers).toEqual([5]);
  });
});

describe('replacing a turn', () => {
  it('puts the new question in its place, and undo brings the old answer back', () => {
    const turn = newTurn('t6', 'a.png', { mode: 'detail' }, { settings: DEFAULT_SETTINGS, followUp: false });
    make(turnReplacement(state, 't2', turn));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't6', 't3']);
    change(undo(state));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't2', 't3']);
    expect(state.turns.t6).toBeUndefined();
  });
});

describe('removing a picture', () => {
  it('takes its conversation along and shows another; undo brings all of it back to the stage', () => {
    change({ current: 'own' });
    make(imageRemoval(state, 'own'));
    expect(state.current).toBe('a.png');
    expect(Object.keys(state.turns)).toEqual(['t1', 't2', 't3']);
    change(undo(state));
    expect(state.current).toBe('own');
    expect(imageNow('own')?.turns).toEqual(['t4']);
    expect(state.turns.t4?.status).toBe('done');
  });

  it('never removes a sample', () => {
    expect(imageRemoval(state, 'a.png')).toBeNull();
  });
});

describe('removing a region of the question', () => {
  beforeEach(() => {
    draw(900);
    draw(910);
  });

  it('is what undo takes back, and not what was removed before: the region is where it was, and redo takes it out again', () => {
    const { draft } = state;
    make(turnDeletion(state, 't1'));
    make(regionRemoval(state, 4));
    expect(regions()).toEqual([5]);
    change(undo(state));
    expect(state.draft).toEqual(draft);
    expect(state.turns.t1).toBeUndefined();
    change(redo(state));
    expect(regions()).toEqual([5]);
    expect(regionRemoval(state, 4)).toBeNull();
  });

  it('is taken back on its own picture, where it gets another number if its own went to something else', () => {
    make(regionRemoval(state, 4));
    change(onStage(state, 'own'));
    add('t5', 'a.png', 0.8);
    expect(state.turns.t5?.numbers).toEqual([4]);
    draw(900);
    change(undo(state));
    expect(state.current).toBe('a.png');
    expect(regions()).toEqual([6, 5]);
    change(redo(state));
    expect(regions()).toEqual([5]);
    change(onStage(state, 'own'));
    expect(regions()).toEqual([2]);
  });

  it('leaves another picture as it is when it is done again', () => {
    make(regionRemoval(state, 4));
    change(undo(state));
    change(onStage(state, 'own'));
    draw(900);
    draw(910);
    draw(920);
    const before = regions();
    change(redo(state));
    expect(regions()).toEqual(before);
  });
});

describe('clearing everything', () => {
  it('leaves the samples without a word, and undo brings everything back beside what came since', () => {
    make(clearance(state));
    expect(state.images.map(({ id, turns, boxes }) => [id, turns, boxes])).toEqual([['a.png', [], []]]);
    expect(state.turns).toEqual({});
    expect(clearance(state)).toBeNull();
    add('t7', 'a.png', 0.9);
    change(undo(state));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't2', 't3', 't7']);
    expect(state.turns.t7?.numbers).toEqual([4]);
    expect(imageNow('own')?.boxes).toHaveLength(1);
  });

  it('gives what was asked since no number of a region drawn since', () => {
    make(clearance(state));
    add('t7', 'a.png', 0.15, 0.45, 0.9);
    draw(900);
    expect(regions()).toEqual([4]);
    change(undo(state));
    expect(state.turns.t7?.numbers).toEqual([5, 6, 7]);
  });
});

describe('undo', () => {
  it('goes back in order, and a new change ends what could be done again', () => {
    make(turnDeletion(state, 't1'));
    make(turnDeletion(state, 't2'));
    change(undo(state));
    expect(imageNow('a.png')?.turns).toEqual(['t2', 't3']);
    make(turnDeletion(state, 't3'));
    expect(redo(state)).toEqual({});
    change(undo(state));
    change(undo(state));
    expect(imageNow('a.png')?.turns).toEqual(['t1', 't2', 't3']);
    expect(undo(state)).toEqual({});
  });
});
