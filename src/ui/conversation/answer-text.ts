import type { GroundedText } from '../../kosmos2/grounded-text.ts';
import type { Task, Turn } from '../../state/turn.ts';

/**
 * Code point of the caption at which the shown answer begins. Where the prompt is the beginning of the sentence it is
 * part of the answer: "An image of", "It is", the phrase to find, and a raw prompt.
 */
export function answerStart(task: Task, grounded: GroundedText): number {
  return task.mode === 'detail' || task.mode === 'ask' ? grounded.answerStart : 0;
}

/** The shown answer in plain words. */
export function answerText({ task, grounded }: Turn): string {
  if (!grounded) return '';
  return Array.from(grounded.caption).slice(answerStart(task, grounded)).join('').trim();
}
