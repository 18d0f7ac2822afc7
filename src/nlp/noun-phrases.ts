import nlp from 'compromise/two';
import { codePoints } from '../kosmos2/caption.ts';
import { checkLength } from '../kosmos2/sequence.ts';
import type { TextSpan } from '../kosmos2/task-prompts.ts';
import { type Word, words } from './words.ts';

/** A thing a text names, with its article, numbers and adjectives: "two big dogs". */
export interface NounPhrase extends TextSpan {
  readonly text: string;
}

const RECIPROCAL = /^(each other|one another)$/i;
/** "On top of the box" and "on the left" say where a thing is, and name none. */
const SIDE = /^(the )?(top|bottom|front|back|left|right|middle|cent(er|re)|(left|right|far|other) side)$/i;
/** "An image of a dog" is about the dog. */
const DEPICTION = /^(an?|the|this) (close-up )?(image|picture|photo|photograph|close-up|view)$/i;

/**
 * The base noun phrases of an English text, in their order and never overlapping: what can be pointed at in a picture.
 * Pronouns are left out, and so are the picture itself ("an image of") and everything after the noun ("next to a fire" is a
 * phrase of its own).
 * @returns start and end in code points of `text`
 * @throws Kosmos2Error PROMPT_TOO_LONG above 10000 characters
 */
export function nounPhrases(text: string): NounPhrase[] {
  checkLength(text.length);
  const phrases: NounPhrase[] = [];
  let index = 0;
  let point = 0;
  for (const { start, end, next } of chunks(words(nlp(text).json() as unknown, text))) {
    const phrase = text.slice(start, end);
    if (RECIPROCAL.test(phrase) || SIDE.test(phrase)) continue;
    const opening = phrases.length === 0 && text.slice(0, start).trim() === '';
    if (DEPICTION.test(phrase) && (next === 'of' || opening)) continue;
    point += codePoints(text.slice(index, start));
    index = start;
    phrases.push({ start: point, end: point + codePoints(phrase), text: phrase });
  }
  return phrases;
}

interface Chunk {
  readonly start: number;
  readonly end: number;
  /** The word behind it, in lower case. */
  readonly next: string;
}

/** Article, numbers and adjectives, owners, nouns: all but a noun may be missing, and nothing follows it. */
function chunks(all: readonly Word[]): Chunk[] {
  const found: Chunk[] = [];
  let open: Word[] = [];
  const close = (next: string): void => {
    const last = open.findLastIndex(({ role }) => role === 'noun');
    const [first] = open;
    if (first && last >= 0) found.push({ start: first.start, end: (open[last] as Word).end, next });
    open = [];
  };
  for (const [index, word] of all.entries()) {
    const before = open.at(-1);
    // "a white and brown dog" is one.
    const joins = before?.role === 'describer' && all[index + 1]?.role === 'describer' && /^(and|or)$/i.test(word.text);
    if (joins) continue;
    const starts = word.role === 'article' || word.role === 'other';
    const afterNoun = before?.role === 'noun' && word.role !== 'noun' && word.role !== 'possessor';
    if (starts || afterNoun || before?.pause === true) close(word.text.toLowerCase());
    // The verb of "a woman holding an umbrella" reads like one more noun.
    const verb = word.gerund && before?.role === 'noun';
    if (verb) close(word.text.toLowerCase());
    else if (word.role !== 'other') open.push(word);
  }
  close('');
  return found;
}
