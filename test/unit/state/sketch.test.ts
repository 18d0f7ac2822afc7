import { beforeEach, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { App } from '../../../src/state/store.ts';
import type { Turn } from '../../../src/state/turn.ts';
import { fakeApp } from './fake-app.ts';
import { grounded } from './grounded.ts';

let app: App;
let id: string;

/** An answer being corrected, a box drawn for what it misses, and its name typed. */
beforeEach(() => {
  app = fakeApp();
  app.actions.ask({ mode: 'describe' });
  const [turn] = Object.values(app.store.getState().turns);
  id = turn?.id ?? '';
  app.store.setState(({ turns }) => ({
    turns: { ...turns, [id]: { ...(turn as Turn), status: 'done', grounded: grounded('a room', []) } },
  }));
  app.actions.startCorrecting(id);
  app.actions.sketchBox(unitBox(0, 0, 0.5, 0.5));
  app.actions.nameSketch('a lamp');
});

const phrases = () => app.store.getState().turns[id]?.grounded?.entities.map(({ phrase }) => phrase);

it('a drawn and named box is kept when a picture comes', async () => {
  await app.actions.addImages([new Blob(['picture'])]);
  expect(phrases()).toEqual(['a lamp']);
});

it('it is the first to be taken back, and comes again', () => {
  app.actions.undo();
  expect([phrases(), app.store.getState().correcting?.fresh]).toEqual([[], null]);
  app.actions.redo();
  expect(phrases()).toEqual(['a lamp']);
});

it('it becomes one of the answer when another box is selected, which alone is changed from then on', () => {
  const other = { turn: id, entity: 0, index: 0, number: 1 };
  app.actions.select(other);
  expect(phrases()).toEqual(['a lamp']);
  expect(app.store.getState()).toMatchObject({ correcting: { fresh: null, words: '' }, selected: other });
});

it('it stays where a press beside every box selects none', () => {
  app.actions.select(null);
  expect([phrases(), app.store.getState().correcting?.words]).toEqual([[], 'a lamp']);
});
