import type { JournalLine } from './journal.ts';

/** Tags that have the model say where things are; without them it answers in words, whatever is in the picture. */
const ASKS_WHERE = /<grounding>|<phrase>/;

/**
 * Whether formats to train with may have a line, to which a picture without a box is one of nothing there: it has boxes, or it
 * looked for things and came to its end.
 */
export function isLabel(line: JournalLine): boolean {
  if (line.error !== undefined) return false;
  const { entities, prompt, finish } = line;
  // A caption that asked nothing has no end, and earlier versions did not write how one came to it.
  const looked = prompt === undefined ? finish !== undefined : ASKS_WHERE.test(prompt);
  return entities.length > 0 || (looked && !isCut(finish));
}

/** Whether an answer was stopped from outside, with more to come. */
export function isCut(finish: string | undefined): boolean {
  return finish === 'length' || finish === 'capacity';
}
