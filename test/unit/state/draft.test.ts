import { describe, expect, it } from 'vitest';
import { initialState } from '../../../src/state/app-state.ts';
import { lastDraft, taskOf } from '../../../src/state/draft.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { newTurn, type Task } from '../../../src/state/turn.ts';

const state = initialState([sampleImage('a', 'a.png', 1, 1)], 'auto');

function asked(...tasks: readonly Task[]) {
  return {
    ...state,
    turns: Object.fromEntries(tasks.map((task, index) => [`t${index}`, newTurn(`t${index}`, 'a.png', task)])),
  };
}

describe('taskOf', () => {
  it('asks nothing while words are missing', () => {
    for (const mode of ['find', 'ask', 'expert'] as const) {
      expect(taskOf({ mode, words: ' \n ', regions: [] })).toBeNull();
    }
  });

  it('needs no words to describe, and takes none along', () => {
    expect(taskOf({ mode: 'describe', words: 'left over', regions: [] })).toEqual({ mode: 'describe' });
  });

  it('trims words, but leaves a raw prompt as it stands', () => {
    expect(taskOf({ mode: 'find', words: ' a pig ', regions: [] })).toEqual({ mode: 'find', words: 'a pig' });
    const words = ' <grounding> An image of';
    expect(taskOf({ mode: 'expert', words, regions: [] })).toEqual({ mode: 'expert', words });
  });
});

describe('lastDraft', () => {
  it('brings back the newest words in their mode, passing turns without any', () => {
    expect(lastDraft(asked({ mode: 'find', words: 'a' }, { mode: 'find', words: 'b' }, { mode: 'detail' }))).toEqual({
      mode: 'find',
      words: 'b',
      regions: [],
    });
  });

  it('has nothing to bring back before anything was written', () => {
    expect(lastDraft(asked({ mode: 'describe' }))).toBeNull();
  });
});
