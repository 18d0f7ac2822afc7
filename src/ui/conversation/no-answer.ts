import type { Turn } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { answerStart, answerText } from './answer-text.ts';
import { segments } from './segments.ts';

/** What is said instead of an answer that has nothing to say; null where it has, or may still have. */
export function noAnswerWords(turn: Turn): string | null {
  const { task, status, grounded, numbers } = turn;
  if (status !== 'done' || !grounded) return null;
  const words = strings.conversation;
  if (task.mode === 'find' && !comesBack(task.words, turn)) return words.unknownWords(task.words);
  if (task.mode === 'find' && !numbers.some((number) => number > 0)) return words.noBox(task.words);
  if (task.mode === 'others' && grounded.entities[0]?.boxes.length === task.regions.length) {
    return words.noOthers(task.words);
  }
  const pieces = segments(grounded, answerStart(task, grounded));
  return pieces.every(({ text, entity }) => text.trim() === '' && !entity) ? words.noAnswer : null;
}

/** The sentence begins with what was asked for; what the model does not know of it, words or letters, does not come back. */
function comesBack(asked: string, turn: Turn): boolean {
  const said = letters(answerText(turn));
  // What a person corrected may begin with anything.
  return said !== '' && (turn.original !== null || said.startsWith(letters(asked)));
}

/** Letters and digits alone: of the rest some has no token of its own, and means the same without. */
function letters(text: string): string {
  // Composed as the tokenizer does.
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}
