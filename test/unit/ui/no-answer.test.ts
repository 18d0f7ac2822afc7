import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type Turn } from '../../../src/state/turn.ts';
import { noAnswerWords } from '../../../src/ui/conversation/no-answer.ts';
import { grounded } from '../state/grounded.ts';

/** A search that is over, and the phrase as it came back, in a box. */
function found(words: string, phrase: string, change: Partial<Turn> = {}): Turn {
  return {
    ...newTurn('t', 'a.png', { mode: 'find', words }, { settings: DEFAULT_SETTINGS, followUp: false }),
    status: 'done',
    grounded: grounded(phrase, [{ phrase, boxes: [[0.25, 0.25, 0.5, 0.5]] }]),
    numbers: [1],
    ...change,
  };
}

describe('a search', () => {
  it.each([
    ['הצב', ''],
    ['🐢', ''],
    ['der Bär', 'der Br'],
    ['a café', 'a caf'],
    ['a 한 dog', 'a dog'],
  ])('for "%s" that comes back as "%s" says that the model does not know it', (words, phrase) => {
    expect(noAnswerWords(found(words, phrase))).toMatch(`The model does not know '${words}'`);
  });

  it.each([
    ['a turtle', 'a turtle'],
    ['the dog’s ball – or two', 'the dogs ball or two'],
    ['a  ｃａｔ!', 'a cat!'],
    ['cafe\u0301', 'café'],
  ])('for "%s" that comes back as "%s" has an answer', (words, phrase) => {
    expect(noAnswerWords(found(words, phrase))).toBeNull();
  });

  it('that a person corrected has an answer, whatever it says', () => {
    const { grounded: text, numbers } = found('der Bär', 'der Br');
    expect(noAnswerWords(found('der Bär', 'the bear', { original: { grounded: text, numbers } }))).toBeNull();
  });
});
