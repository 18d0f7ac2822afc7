import { CONTRACTIONS } from './vqa-contractions.ts';

const NUMBERS: Readonly<Record<string, string>> = {
  none: '0',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
};
const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);
const PUNCTUATION = [...';/[]"{}()=+\\_-><@`,?!'];
const NUMBER_WITH_COMMA = /\d,\d/;
/** A full stop that is no decimal point. */
const PERIOD = /\.(?!\d)/g;
/** People that have to agree with an answer for it to be wholly right. */
const AGREEING = 3;

/**
 * VQA accuracy as the official evaluation reckons it (vqaEval.py): the mean, over all ways to leave out one of the people
 * asked, of min(1, people who gave this answer / 3).
 * @param people what each of the people answered, ten in VQA
 * @returns 0..1; 0 where nobody was asked
 */
export function vqaAccuracy(answer: string, people: readonly string[]): number {
  if (people.length === 0) return 0;
  const given = normaliseVqa(answer);
  // The official evaluation mends what people wrote only where they disagree, and there their punctuation alone.
  const known = new Set(people).size > 1 ? people.map(withoutPunctuation) : people;
  const agreeing = known.filter((each) => each === given).length;
  const without = (left: number) => Math.min(1, left / AGREEING);
  return (agreeing * without(agreeing - 1) + (people.length - agreeing) * without(agreeing)) / people.length;
}

/** An answer of the model as it is compared: without punctuation and articles, numbers as digits, contractions mended. */
function normaliseVqa(answer: string): string {
  const line = answer.replace(/[\n\t]/g, ' ').trim();
  return withoutPunctuation(line)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(NUMBERS, word) ? (NUMBERS[word] as string) : word))
    .filter((word) => !ARTICLES.has(word))
    .map((word) => CONTRACTIONS.get(word) ?? word)
    .join(' ');
}

function withoutPunctuation(text: string): string {
  let left = text;
  for (const sign of PUNCTUATION) {
    const apart = text.includes(`${sign} `) || text.includes(` ${sign}`) || NUMBER_WITH_COMMA.test(text);
    left = left.replaceAll(sign, apart ? '' : ' ');
  }
  return left.replace(PERIOD, '');
}
