import { beforeEach, describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import { type AppState, initialState } from '../../../src/state/app-state.ts';
import { boxAddition, boxMove, renaming } from '../../../src/state/correct.ts';
import { growAnswer } from '../../../src/state/hear-event.ts';
import type { Change } from '../../../src/state/history.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn } from '../../../src/state/turn.ts';
import { annotations } from '../../../src/ui/export/annotations.ts';
import { mergeByPicture } from '../../../src/ui/export/merge-by-picture.ts';
import { grounded } from '../state/grounded.ts';

const LEFT = [0, 0, 0.25, 0.25] as const;
const RIGHT = [0.5, 0.5, 0.75, 0.75] as const;
const BOTTOM = [0, 0.5, 0.25, 0.75] as const;
let state: AppState;

const change = (made: Partial<AppState>) => {
  state = { ...state, ...made };
};
const correct = (made: Change | null) => change(made?.apply(state) ?? {});

function answer(id: string, text: GroundedText): void {
  const turn = newTurn(id, 'a.png', { mode: 'find', words: id }, { settings: DEFAULT_SETTINGS, followUp: false });
  const images = state.images.map((image) => ({ ...image, turns: [...image.turns, id] }));
  change({ images, turns: { ...state.turns, [id]: turn } });
  change(growAnswer(state, id, text, { status: 'done' }));
}

const merged = () =>
  mergeByPicture(annotations(state, 'conversation', null)).flatMap(({ annotated, numbers }) =>
    annotated.entities.map(({ phrase, boxes, edited }, index) => ({ phrase, boxes, edited, number: numbers[index] })),
  );
const told = () => merged().map(({ phrase, boxes, number }) => [number, phrase, boxes]);

beforeEach(() => {
  state = initialState([sampleImage('a', 'a.png', 100, 100)], 'auto');
  answer(
    't1',
    grounded('a pig, a cat', [
      { phrase: 'a pig', boxes: [LEFT] },
      { phrase: 'a cat', boxes: [BOTTOM] },
    ]),
  );
});

describe('answers about a picture as one', () => {
  it('have each box of the stage once, also those that share the number of an earlier answer', () => {
    answer('t2', grounded('a pig', [{ phrase: 'a pig', boxes: [LEFT, RIGHT] }]));
    answer('t3', grounded('two pigs', [{ phrase: 'two pigs', boxes: [RIGHT, LEFT] }]));
    expect(state.turns.t2?.numbers).toEqual([1]);
    expect(told()).toEqual([
      [1, 'a pig', [LEFT]],
      [1, 'a pig', [RIGHT]],
      [2, 'a cat', [BOTTOM]],
    ]);
  });

  it('have a box once also where a later answer gives it under the number of another thing', () => {
    answer('t2', grounded('two animals', [{ phrase: 'two animals', boxes: [LEFT, BOTTOM] }]));
    expect(told()).toEqual([
      [1, 'a pig', [LEFT]],
      [2, 'a cat', [BOTTOM]],
    ]);
  });

  it('have a thing once that one phrase points at twice', () => {
    answer('t2', grounded('two dogs', [{ phrase: 'two dogs', boxes: [RIGHT, [0.5, 0.5, 0.75, 0.74]] }]));
    expect(told().at(-1)).toEqual([3, 'two dogs', [RIGHT]]);
  });

  it('have with each box that stays the score the model gave it', () => {
    const text = grounded('two pigs', [{ phrase: 'two pigs', boxes: [LEFT, RIGHT] }]);
    const scored = text.entities.map((entity) => ({
      ...entity,
      boxes: entity.boxes.map((box, index) => ({ ...box, score: [0.25, 0.75][index] ?? null })),
    }));
    answer('t2', { ...text, entities: scored });
    const [picture] = mergeByPicture(annotations(state, 'conversation', null));
    expect(picture?.annotated.entities.map(({ phrase, scores }) => [phrase, scores])).toEqual([
      ['a pig', [0.5]],
      ['two pigs', [0.75]],
      ['a cat', [0.5]],
    ]);
  });

  it('have both boxes that a person drew for one phrase, however close they are', () => {
    answer('t2', grounded('two dogs', [{ phrase: 'two dogs', boxes: [RIGHT, RIGHT] }]));
    correct(boxMove(state, { turn: 't2', entity: 0, index: 1 }, unitBox(0.5, 0.5, 0.75, 0.74), 'drag'));
    expect(told().at(-1)).toMatchObject([3, 'two dogs', [RIGHT, [0.5, 0.5, 0.75, 0.74]]]);
  });

  it('say what a person corrected, at its place alone', () => {
    answer('t2', grounded('two pigs', [{ phrase: 'two pigs', boxes: [LEFT] }]));
    correct(renaming(state, 't2', 0, 'a boar'));
    answer('t3', grounded('a pig', [{ phrase: 'a pig', boxes: [LEFT, RIGHT] }]));
    expect(told()).toEqual([
      [1, 'a boar', [LEFT]],
      [1, 'a pig', [RIGHT]],
      [2, 'a cat', [BOTTOM]],
    ]);
  });

  it('have no box where a person moved it away from, however many answers put it there', () => {
    answer('t2', grounded('a pig', [{ phrase: 'a pig', boxes: [LEFT] }]));
    answer('t3', grounded('a hat', [{ phrase: 'a hat', boxes: [LEFT] }]));
    correct(boxMove(state, { turn: 't2', entity: 0, index: 0 }, unitBox(...RIGHT), 'drag'));
    expect(told()).toEqual([
      [1, 'a pig', [RIGHT]],
      [1, 'a hat', [LEFT]],
      [2, 'a cat', [BOTTOM]],
    ]);
  });

  it('name the boxes that a person drew among those of an answer', () => {
    answer('t2', grounded('a pig', [{ phrase: 'a pig', boxes: [BOTTOM] }]));
    correct(boxAddition(state, 't2', 'a pig', unitBox(...RIGHT)));
    const added = merged().filter(({ edited }) => edited);
    expect(added.map(({ phrase, boxes, edited }) => [phrase, boxes, edited])).toEqual([
      ['a pig', [BOTTOM, RIGHT], [1]],
    ]);
  });
});
