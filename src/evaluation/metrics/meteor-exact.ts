import { append } from '../append.ts';

/** Weights of Banerjee and Lavie 2005. */
const ALPHA = 0.9;
const BETA = 3;
const GAMMA = 0.5;

/**
 * METEOR with its exact matcher alone: no stems, no synonyms, no paraphrases, and so lower than what papers print. Words are
 * aligned as in NLTK, from the end, each with the last reference word that is free.
 * @returns 0..1, of the reference that fits best
 */
export function meteorExact(candidate: readonly string[], references: readonly (readonly string[])[]): number {
  return Math.max(0, ...references.map((reference) => withOne(candidate, reference)));
}

function withOne(candidate: readonly string[], reference: readonly string[]): number {
  const pairs = align(candidate, reference);
  if (pairs.length === 0) return 0;
  const precision = pairs.length / candidate.length;
  const recall = pairs.length / reference.length;
  const mean = (precision * recall) / (ALPHA * precision + (1 - ALPHA) * recall);
  return (1 - GAMMA * (chunks(pairs) / pairs.length) ** BETA) * mean;
}

type Pair = readonly [candidate: number, reference: number];

function align(candidate: readonly string[], reference: readonly string[]): Pair[] {
  const free = new Map<string, number[]>();
  for (const [index, word] of reference.entries()) append(free, word, index);
  const pairs: Pair[] = [];
  for (const [index, word] of [...candidate.entries()].reverse()) {
    const place = free.get(word)?.pop();
    if (place !== undefined) pairs.push([index, place]);
  }
  return pairs.reverse();
}

/** Stretches in which both texts go on word by word. */
function chunks(pairs: readonly Pair[]): number {
  return pairs.filter(([candidate, reference], index) => {
    const before = pairs[index - 1];
    return !before || before[0] + 1 !== candidate || before[1] + 1 !== reference;
  }).length;
}
