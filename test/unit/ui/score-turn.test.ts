import { describe, expect, it } from 'vitest';
import { type UnitBox, unitBox } from '../../../src/kosmos2/box.ts';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import type { SceneTruth } from '../../../src/scenes/truth.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type Region, type Task, type Turn } from '../../../src/state/turn.ts';
import { scoreTurn } from '../../../src/ui/conversation/score-turn.ts';

const DOG = unitBox(0.1, 0.1, 0.4, 0.4);
const OTHER_DOG = unitBox(0.6, 0.1, 0.9, 0.4);
const BUS = unitBox(0.3, 0.6, 0.6, 0.9);
const truth: SceneTruth = {
  background: 'red',
  things: [
    { kind: 'dog', box: DOG },
    { kind: 'dog', box: OTHER_DOG },
    { kind: 'bus', box: BUS },
  ],
};
const patches = { upperLeft: 0, lowerRight: 1023 };
const region = (box: UnitBox): Region => ({ number: 1, patches, box });

type Found = readonly [phrase: string, boxes: readonly UnitBox[], score?: number | null];

/** A caption of these phrases one after the other. */
function grounded(start: string, ...found: readonly Found[]): GroundedText {
  let caption = start;
  const entities = found.map(([phrase, boxes, score = 0.5], index) => {
    const from = caption.length;
    caption += `${phrase} `;
    const marked = boxes.map((box) => ({ ...patches, box, score }));
    return { index, phrase, start: from, end: from + phrase.length, complete: true, score, boxes: marked };
  });
  return { caption, answerStart: 0, entities };
}

const turnOf = (task: Task, text: GroundedText, more: Partial<Turn> = {}): Turn => ({
  ...newTurn('turn', 'image', task, { settings: DEFAULT_SETTINGS, followUp: false }),
  status: 'done',
  grounded: text,
  ...more,
});
const score = (...of: Parameters<typeof turnOf>) => scoreTurn(turnOf(...of), truth);

describe('an answer about a scene is judged by its task', () => {
  const caption = grounded('An image of ', ['two dogs', [DOG, OTHER_DOG]], ['a bus', [DOG]]);

  it('a description by its boxes and what it misses', () => {
    expect(score({ mode: 'describe' }, caption)).toMatchObject({ boxes: { right: 2, of: 3 }, missed: [] });
    expect(score({ mode: 'detail' }, grounded('', ['a dog', [DOG]]))?.missed).toEqual(['a dog', 'a bus']);
  });

  it('plain words by the things they name', () => {
    expect(score({ mode: 'caption' }, grounded('An image of two dogs and a cat.'))).toMatchObject({
      named: { right: 2, of: 3 },
      missed: ['a bus'],
    });
    expect(score({ mode: 'plain', words: 'What do you see?' }, grounded('A bus.'))?.named).toEqual({ right: 1, of: 1 });
  });

  it('a question by the answer that is known', () => {
    const plain = (words: string, answer: string) => score({ mode: 'plain', words }, grounded(answer))?.answer;
    expect(plain('How many dogs are there?', 'Two.')).toEqual({ right: true, words: 'two' });
    expect(plain('How many dogs are there?', 'Three.')).toEqual({ right: false, words: 'two' });
    expect(plain('Who are you?', 'A dog.')).toBeNull();
    const ask: Task = { mode: 'ask', words: 'What is it?', regions: [region(BUS)] };
    expect(score(ask, grounded('', ['a bus', [BUS]]))?.answer?.right).toBe(true);
    const two: Task = { mode: 'ask', words: 'What is it?', regions: [region(BUS), region(DOG)] };
    expect(score(two, grounded('A bus.'))?.answer).toBeNull();
  });

  it('a region by the thing in it, and a choice by the best one', () => {
    expect(score({ mode: 'refer', region: region(OTHER_DOG) }, grounded('It is a dog'))?.answer?.right).toBe(true);
    const choices = ['two', 'four'];
    const scores = [-3, -1].map((meanLogProbability, choice) => ({ choice, meanLogProbability, tokens: [] }));
    const task: Task = { mode: 'choose', words: 'How many dogs are there?', choices };
    expect(score(task, grounded(''), { grounded: null, scores: scores as unknown as Turn['scores'] })?.answer).toEqual({
      right: false,
      words: 'two',
    });
  });

  it('others like it by those that were not known before', () => {
    const task: Task = { mode: 'others', words: 'a dog', regions: [region(DOG)] };
    const known: Found = ['a dog', [DOG], null];
    const both = grounded('', known);
    const found = {
      ...both,
      entities: both.entities.map((one) => ({
        ...one,
        boxes: [...one.boxes, { ...patches, box: OTHER_DOG, score: 0.5 }],
      })),
    };
    expect(score(task, found)).toMatchObject({ boxes: { right: 1, of: 1 }, missed: [] });
    expect(score(task, both)?.missed).toEqual(['a dog']);
    const bus: Task = { mode: 'others', words: 'a bus', regions: [region(BUS)] };
    expect(score(bus, grounded('', ['a bus', [BUS], null]))?.answer).toEqual({ right: true, words: 'none' });
  });

  it.each(['length', 'capacity'] as const)('only by what it says where it was cut off: %s', (finish) => {
    const cut = grounded('An image of ', ['two dogs', [DOG, DOG]]);
    expect(score({ mode: 'describe' }, cut, { finish })).toMatchObject({ boxes: { right: 1, of: 2 }, missed: [] });
    expect(score({ mode: 'find', words: 'a cat' }, grounded(''), { finish })?.answer).toBeNull();
    expect(score({ mode: 'caption' }, grounded('A dog, a'), { finish })?.missed).toEqual([]);
    const ask: Task = { mode: 'plain', words: 'What is on the left?' };
    expect(score(ask, grounded('On the left there is a'), { finish })?.answer).toBeNull();
  });

  it('by what the model said, whatever was corrected since; and not before it is whole', () => {
    const original = { grounded: caption, numbers: [1, 2] };
    expect(score({ mode: 'describe' }, grounded('', ['a cat', [BUS]]), { original })?.boxes).toEqual({
      right: 2,
      of: 3,
    });
    expect(score({ mode: 'describe' }, caption, { status: 'writing' })).toBeNull();
    expect(score({ mode: 'language', words: 'a dog' }, grounded('a dog'))).toBeNull();
  });
});
