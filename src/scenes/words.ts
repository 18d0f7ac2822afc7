import type { Kind } from './kinds.ts';

/** Plurals that are not the word and an s, as the model was taught them. */
const PLURALS: Partial<Readonly<Record<Kind, string>>> = {
  fish: 'fish',
  octopus: 'octopuses',
  butterfly: 'butterflies',
  mouse: 'mice',
  fox: 'foxes',
  sheep: 'sheep',
  deer: 'deer',
  grapes: 'grapes',
  strawberry: 'strawberries',
  corn: 'corn',
  bread: 'bread',
  cherries: 'cherries',
  tomato: 'tomatoes',
  broccoli: 'broccoli',
  fries: 'fries',
  cactus: 'cactus',
  bus: 'buses',
  church: 'churches',
  dress: 'dresses',
  glasses: 'glasses',
  snowman: 'snowmen',
  scissors: 'scissors',
  trophy: 'trophies',
  battery: 'batteries',
};

/** What English names without an article, kinds and categories. */
const WITHOUT_ARTICLE: ReadonlySet<string> = new Set([
  'grapes',
  'scissors',
  'corn',
  'bread',
  'fries',
  'cherries',
  'glasses',
  'broccoli',
  'food',
  'clothing',
]);

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
  if (WITHOUT_ARTICLE.has(word)) return word;
  return `${/^[aeiou](?!nicorn)/.test(word) ? 'an' : 'a'} ${word}`;
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
