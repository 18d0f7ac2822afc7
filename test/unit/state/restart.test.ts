import { expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { GenerationEvent } from '../../../src/protocol/generation.ts';
import { type AppState, imageOf, initialState } from '../../../src/state/app-state.ts';
import { hearEvent } from '../../../src/state/hear-event.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn } from '../../../src/state/turn.ts';
import { grounded } from './grounded.ts';

const LEFT = [0, 0, 0.25, 0.25] as const;
const RIGHT = [0.5, 0.5, 0.75, 0.75] as const;

const begin = initialState([sampleImage('One', './one.png', 4, 3)], 'auto');
const image = imageOf(begin).id;
const manner = { settings: DEFAULT_SETTINGS, followUp: false };
const asked = ['a', 'b'].map((id) => newTurn(id, image, { mode: 'describe' }, manner));
const state: AppState = { ...begin, turns: Object.fromEntries(asked.map((turn) => [turn.id, turn])) };

const hear = (before: AppState, turn: string, event: GenerationEvent): AppState => ({
  ...before,
  ...hearEvent(before, turn, event),
});
const told = (caption: string, box: typeof LEFT | typeof RIGHT): GenerationEvent => ({
  type: 'token',
  id: 5,
  text: caption,
  probability: 1,
  grounded: grounded(caption, [{ phrase: caption, boxes: [box] }]),
  trace: null,
});
const marks = (of: AppState) => imageOf(of).boxes.map(({ turn, phrase, box }) => [turn, phrase, box[0]]);

it('what is told of a region takes it out of the composer, but not one that is meant for another question', () => {
  const region = { number: 1, patches: { upperLeft: 0, lowerRight: 231 }, box: unitBox(...LEFT) };
  const refer = newTurn('c', image, { mode: 'refer', region }, manner);
  const held = (change: Partial<AppState>, draft: Partial<AppState['draft']> = {}): AppState => ({
    ...state,
    ...change,
    turns: { c: refer },
    draft: { ...state.draft, regions: [region], ...draft },
  });
  const left = (before: AppState) => hear(before, 'c', told('a pig', LEFT)).draft.regions;
  expect(left(held({}))).toEqual([]);
  expect(left(held({}, { mode: 'ask' }))).toEqual([region]);
  const moved = { ...region, patches: { upperLeft: 5, lowerRight: 231 } };
  expect(left(held({}, { regions: [moved] }))).toEqual([moved]);
  const images = [...state.images, sampleImage('Two', './two.png', 4, 3)];
  expect(left(held({ images, current: './two.png' }))).toEqual([region]);
});

it('an answer that begins anew takes its boxes back, and has those that it tells then', () => {
  const first = hear(hear(state, 'a', told('a pig', LEFT)), 'b', told('a dog', LEFT));
  const lost = hear(first, 'b', { type: 'restart' });
  expect(marks(lost)).toEqual([['a', 'a pig', 0]]);
  expect(lost.turns.b).toMatchObject({ status: 'reading', grounded: null, numbers: [], tokens: [] });
  const again = hear(lost, 'b', told('a cat', RIGHT));
  expect(marks(again)).toEqual([
    ['a', 'a pig', 0],
    ['b', 'a cat', 0.5],
  ]);
  expect(again.turns.b).toMatchObject({ status: 'writing', numbers: [2] });
});
