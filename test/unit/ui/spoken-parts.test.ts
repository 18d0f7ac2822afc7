import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type Task, type Turn } from '../../../src/state/turn.ts';
import { spokenOf, spokenParts } from '../../../src/ui/conversation/spoken-parts.ts';
import { grounded } from '../state/grounded.ts';

const answer = 'An image of a bike, a castle, 3.5 flowers and a turtle. It is day.';

describe('spokenParts', () => {
  it('only ever adds parts while an answer grows, and in the end has said every word', () => {
    let before: readonly string[] = [];
    for (let length = 1; length <= answer.length; length++) {
      const parts = spokenParts(answer.slice(0, length), false);
      expect(parts.slice(0, before.length)).toEqual(before);
      before = parts;
    }
    const all = spokenParts(answer, true);
    expect(all.slice(0, before.length)).toEqual(before);
    expect(all.join(' ')).toBe(answer);
  });

  it('never cuts inside a number or a word', () => {
    expect(spokenParts(answer, true)).toContain('3.5 flowers and a turtle.');
  });
});

describe('what is read out of a turn', () => {
  const find: Task = { mode: 'find', words: 'a cat, a black one' };
  const text = grounded(find.words, [{ phrase: find.words, boxes: [] }]);
  const turn = (change: Partial<Turn>): Turn => ({
    ...newTurn('t', 'a.png', find, { settings: DEFAULT_SETTINGS, followUp: false }),
    grounded: text,
    numbers: [0],
    ...change,
  });

  it('is in the end what the page says, and nothing was found is never said as if it was', () => {
    const writing = spokenOf(turn({ status: 'writing' }));
    expect(writing).toEqual(['a cat,']);
    expect(spokenOf(turn({ status: 'done' }))).toEqual([...writing, "No box for 'a cat, a black one'."]);
    expect(spokenOf(turn({ status: 'done', numbers: [1] }))).toEqual(['a cat,', 'a black one']);
    expect(spokenOf(turn({ status: 'stopped' }))).toEqual(['a cat,', 'a black one']);
  });

  it('is that there is no answer where there is none', () => {
    const empty = { task: { mode: 'plain', words: 'Why?' } as const, grounded: grounded('', []), numbers: [] };
    expect(spokenOf(turn({ ...empty, status: 'done' }))).toEqual(['The model had no answer.']);
  });
});
