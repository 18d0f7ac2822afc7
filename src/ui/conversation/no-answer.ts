import type { Turn } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { answerStart, answerText } from './answer-text.ts';
import { segments } from './segments.ts';

/** What is said instead of an answer that has nothing to say; null where it has, or may still have. */
export function noAnswerWords(turn: Turn): string | null {
  const { task, status, grounded, numbers } = turn;
  if (status !== 'done' || !grounded) return null;
  const words = strings.conversation;
  // The sentence begins with what was asked for, and words that the model does not know do not come back.
  if (task.mode === 'find' && !/[\p{L}\p{N}]/u.test(answerText(turn))) return words.unknownWords(task.words);
  if (task.mode === 'find' && !numbers.some((number) => number > 0)) return words.noBox(task.words);
  if (task.mode === 'others' && grounded.entities[0]?.boxes.length === task.regions.length) {
    return words.noOthers(task.words);
  }
  const pieces = segments(grounded, answerStart(task, grounded));
  return pieces.every(({ text, entity }) => text.trim() === '' && !entity) ? words.noAnswer : null;
}
