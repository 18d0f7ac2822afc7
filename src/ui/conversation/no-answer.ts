import type { Turn } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { answerStart } from './answer-text.ts';
import { segments } from './segments.ts';

/** What is said instead of an answer that has nothing to say; null where it has, or may still have. */
export function noAnswerWords({ task, status, grounded, numbers }: Turn): string | null {
  if (status !== 'done' || !grounded) return null;
  const words = strings.conversation;
  if (task.mode === 'find' && !numbers.some((number) => number > 0)) return words.noBox(task.words);
  if (task.mode === 'others' && grounded.entities[0]?.boxes.length === task.regions.length) {
    return words.noOthers(task.words);
  }
  const pieces = segments(grounded, answerStart(task, grounded));
  return pieces.every(({ text, entity }) => text.trim() === '' && !entity) ? words.noAnswer : null;
}
