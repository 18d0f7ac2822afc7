import { isOver, type Turn } from '../../state/turn.ts';
import { answerText } from './answer-text.ts';
import { noAnswerWords } from './no-answer.ts';

/** Where a voice rests: behind punctuation that is followed by a space. */
const REST = /(?<=[,.;:!?،؛؟])\s+/;

/**
 * Cuts an answer into parts that can be read out one after the other.
 * @param over while it is not, the last part may still grow and is left out
 */
export function spokenParts(text: string, over: boolean): readonly string[] {
  const parts = text.split(REST).filter((part) => part !== '');
  return over ? parts : parts.slice(0, -1);
}

/** What is read out of a turn so far; in the end what the page shows. */
export function spokenOf(turn: Turn): readonly string[] {
  const none = noAnswerWords(turn);
  const parts = spokenParts(answerText(turn), isOver(turn) && none === null);
  return none === null ? parts : [...parts, none];
}
