import type { GroundedText } from '../../kosmos2/grounded-text.ts';
import type { ChoiceScore } from '../../protocol/scoring.ts';
import type { Task, Turn } from '../../state/turn.ts';

/** Tasks whose prompt is no beginning of the answer. */
const AFTER_PROMPT: ReadonlySet<Task['mode']> = new Set(['detail', 'ask', 'plain', 'fewshot']);

/**
 * Code point of the caption at which the shown answer begins. Where the prompt is the beginning of the sentence it is
 * part of the answer: "An image of", "It is", the phrase to find, and a raw prompt.
 */
export function answerStart(task: Task, grounded: GroundedText): number {
  return AFTER_PROMPT.has(task.mode) ? grounded.answerStart : 0;
}

/** The shown answer in plain words. */
export function answerText({ task, grounded, scores }: Turn): string {
  if (task.mode === 'choose' && scores) return task.choices[bestChoice(scores)] ?? '';
  if (!grounded) return '';
  return Array.from(grounded.caption).slice(answerStart(task, grounded)).join('').trim();
}

function bestChoice(scores: readonly ChoiceScore[]): number {
  return scores.toSorted((a, b) => b.meanLogProbability - a.meanLogProbability)[0]?.choice ?? 0;
}
