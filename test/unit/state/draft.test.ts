import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { EMPTY_DRAFT, initialState } from '../../../src/state/app-state.ts';
import { choicesOf, draftOf, recalled, taskAbout, taskOf } from '../../../src/state/draft.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type Task } from '../../../src/state/turn.ts';

const state = initialState([sampleImage('a', 'a.png', 1, 1)], 'auto');

function asked(...tasks: readonly Task[]) {
  return {
    ...state,
    turns: Object.fromEntries(
      tasks.map((task, index) => [
        `t${index}`,
        newTurn(`t${index}`, 'a.png', task, { settings: DEFAULT_SETTINGS, followUp: false }),
      ]),
    ),
  };
}

describe('taskOf', () => {
  it('asks nothing while words are missing', () => {
    for (const mode of ['find', 'ask', 'expert'] as const) {
      expect(taskOf({ ...EMPTY_DRAFT, mode, words: ' \n ' })).toBeNull();
    }
  });

  it('needs no words to describe, and takes none along', () => {
    expect(taskOf({ ...EMPTY_DRAFT, words: 'left over' })).toEqual({ mode: 'describe' });
  });

  it('trims words, but leaves a raw prompt as it stands', () => {
    expect(taskOf({ ...EMPTY_DRAFT, mode: 'find', words: ' a pig ' })).toEqual({ mode: 'find', words: 'a pig' });
    const words = ' <grounding> An image of';
    expect(taskOf({ ...EMPTY_DRAFT, mode: 'expert', words })).toEqual({ mode: 'expert', words });
  });
});

describe('draftOf', () => {
  it('asks the same task again, whichever it is', () => {
    const region = { number: 2, patches: { upperLeft: 0, lowerRight: 33 }, box: unitBox(0, 0, 0.0625, 0.0625) };
    const tasks: readonly Task[] = [
      { mode: 'caption' },
      { mode: 'ask', words: 'What is [region 2]?', regions: [region] },
      { mode: 'refer', region },
      { mode: 'choose', words: 'Which?', choices: ['a cat', 'a dog, or two'] },
      { mode: 'fewshot', words: 'Which?', examples: [{ image: 'a.png', answer: 'a pig' }] },
      { mode: 'ground', words: ' a pig', spans: [{ start: 1, end: 6 }] },
      { mode: 'expert', words: ' <grounding>' },
    ];
    for (const task of tasks) expect(taskOf(draftOf(task))).toEqual(task);
  });
});

describe('choicesOf', () => {
  it('takes one answer a line, or those between commas on a single line, each once', () => {
    expect(choicesOf('a cat, a dog ,,a cat')).toEqual(['a cat', 'a dog']);
    expect(choicesOf('a cat\n\n a dog, or two ')).toEqual(['a cat', 'a dog, or two']);
  });

  it('leaves none out, however many there are: one of them may be the right one', () => {
    const choices = Array.from({ length: 101 }, (_, index) => `${index} things`);
    expect(choicesOf(choices.join('\n'))).toEqual(choices);
    expect(choicesOf(choices.join(', '))).toEqual(choices);
  });
});

describe('taskAbout', () => {
  it('takes no example that was removed or is the picture itself: it would be its own answer', () => {
    const examples = ['a.png', 'b.png', 'gone.png'].map((image) => ({ image, answer: `of ${image}` }));
    const images = [sampleImage('a', 'a.png', 1, 1), sampleImage('b', 'b.png', 1, 1)];
    const draft = { ...EMPTY_DRAFT, mode: 'fewshot', words: 'Which?', examples } as const;
    const about = (image: string, of = draft) => taskAbout({ ...state, images, draft: of }, image);
    expect(about('a.png')).toMatchObject({ examples: [{ image: 'b.png' }] });
    expect(about('b.png')).toMatchObject({ examples: [{ image: 'a.png' }] });
    expect(about('a.png', { ...draft, examples: examples.slice(2) })).toBeNull();
  });
});

describe('recalled', () => {
  const before = asked({ mode: 'find', words: 'a' }, { mode: 'find', words: 'b' }, { mode: 'detail' });

  it('brings back the newest words in their mode, passing turns without any', () => {
    const draft = { ...EMPTY_DRAFT, followUp: true };
    expect(recalled({ ...before, draft })).toEqual({ ...EMPTY_DRAFT, mode: 'find', words: 'b', followUp: true });
  });

  it('leaves the draft as it is before anything was written, and where something of it would be lost', () => {
    const none = asked({ mode: 'describe' });
    expect(recalled(none)).toBe(none.draft);
    const region = { number: 1, patches: { upperLeft: 0, lowerRight: 33 }, box: unitBox(0, 0, 0.1, 0.1) };
    for (const change of [
      { regions: [region] },
      { choices: 'a cat, a dog' },
      { examples: [{ image: 'a.png', answer: 'a cat' }] },
      { replaces: 't0' },
    ]) {
      const draft = { ...EMPTY_DRAFT, ...change };
      expect(recalled({ ...before, draft })).toBe(draft);
    }
  });
});
