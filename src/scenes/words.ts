import type { Kind } from './kinds.ts';

/** Plurals that are not the word and an s, as the model was taught them. */
const PLURALS: Partial<Readonly<Record<Kind, string>>> = {
  fish: 'fish',
  octopus: 'octopuses',
  butterfly: 'butterflies',
  grapes: 'grapes',
  strawberry: 'strawberries',
  cactus: 'cactus',
  bus: 'buses',
  snowman: 'snowmen',
};

/** Numbers as words, from zero. */
export const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const;

export function pluralOf(kind: Kind): string {
  return PLURALS[kind] ?? `${kind}s`;
}

/** "a turtle", "an apple", "grapes": a word with its article. */
export function withArticle(word: string): string {
  if (word === 'grapes' || word === 'food') return word;
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

/** So many of a kind in words: "a dog", "two dogs". */
export function countInWords(kind: Kind, count: number): string {
  return count === 1 ? withArticle(kind) : `${NUMBERS[count] ?? count} ${pluralOf(kind)}`;
}

/** The number a word or its digits stand for; null for any other word. */
export function numberOf(word: string): number | null {
  if (/^\d{1,2}$/.test(word)) return Number(word);
  const number = (NUMBERS as readonly string[]).indexOf(word);
  return number < 0 ? null : number;
}

/** "a dog, two cats and a tree" */
export function listInWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
