/** Longest n-grams, and the width of the penalty for another length in words, as in CIDEr-D. */
const LONGEST = 4;
const SIGMA = 6;
const SCALE = 10;

/** A text to be judged and what people wrote, as words. */
export interface Captions {
  readonly candidate: readonly string[];
  readonly references: readonly (readonly string[])[];
}

interface Weighed {
  /** tf-idf of every n-gram, by its length less one. */
  readonly weights: readonly ReadonlyMap<string, number>[];
  readonly norms: readonly number[];
  /** Bigrams: what the reference implementation takes for the length. */
  readonly length: number;
}

/**
 * CIDEr-D of every text (Vedantam et al. 2015), as pycocoevalcap reckons it: the document frequency of an n-gram is that
 * among the references of these very samples, so that a score depends on the whole set.
 * @returns a score a sample, 10 for the same words; papers print the mean times 100
 */
export function ciderScores(samples: readonly Captions[]): number[] {
  const counted = samples.map(({ candidate, references }) => ({
    candidate: countNgrams(candidate),
    references: references.map(countNgrams),
  }));
  const frequency = new Map<string, number>();
  for (const { references } of counted) {
    const seen = new Set(references.flatMap((reference) => [...reference.keys()]));
    for (const ngram of seen) frequency.set(ngram, (frequency.get(ngram) ?? 0) + 1);
  }
  const weigh = (counts: ReadonlyMap<string, number>) => weighNgrams(counts, frequency, Math.log(samples.length));
  return counted.map(({ candidate, references }) => {
    if (references.length === 0) return 0;
    const given = weigh(candidate);
    const total = references.reduce((sum, reference) => sum + similarity(given, weigh(reference)), 0);
    return (SCALE * total) / LONGEST / references.length;
  });
}

function countNgrams(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let length = 1; length <= LONGEST; length++) {
    for (let start = 0; start + length <= words.length; start++) {
      const ngram = words.slice(start, start + length).join(' ');
      counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
    }
  }
  return counts;
}

function weighNgrams(
  counts: ReadonlyMap<string, number>,
  frequency: ReadonlyMap<string, number>,
  logSamples: number,
): Weighed {
  const weights = Array.from({ length: LONGEST }, () => new Map<string, number>());
  const squares = new Array<number>(LONGEST).fill(0);
  let length = 0;
  for (const [ngram, count] of counts) {
    const order = ngram.split(' ').length - 1;
    const weight = count * (logSamples - Math.log(Math.max(1, frequency.get(ngram) ?? 0)));
    weights[order]?.set(ngram, weight);
    squares[order] = (squares[order] ?? 0) + weight * weight;
    if (order === 1) length += count;
  }
  return { weights, norms: squares.map(Math.sqrt), length };
}

/** Cosines of the n-grams of every length, what the candidate repeats clipped, summed; less where its length is another. */
function similarity(candidate: Weighed, reference: Weighed): number {
  const off = candidate.length - reference.length;
  let sum = 0;
  for (let order = 0; order < LONGEST; order++) {
    let product = 0;
    for (const [ngram, weight] of candidate.weights[order] ?? []) {
      const other = reference.weights[order]?.get(ngram) ?? 0;
      product += Math.min(weight, other) * other;
    }
    const norm = (candidate.norms[order] ?? 0) * (reference.norms[order] ?? 0);
    sum += norm === 0 ? product : product / norm;
  }
  return sum * Math.exp(-(off * off) / (2 * SIGMA * SIGMA));
}
