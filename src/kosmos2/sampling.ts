import type { DecodingOptions } from './decoding-options.ts';
import { mulberry32 } from './random.ts';

/** A chosen token. */
export interface Choice {
  readonly id: number;
  /** Its probability at temperature 1, after the rules were applied. */
  readonly probability: number;
}

/** What is known of logits that were looked at elsewhere, a GPU above all, without all of them. */
export interface LogitsSummary {
  /** Id of the largest, the first of equals. */
  readonly best: number;
  readonly max: number;
  /** Sum of exp(logit - max) over the vocabulary, and of exp((logit - max) / temperature), within `TOTAL_ERROR`. */
  readonly total: number;
  readonly totalAtTemperature: number;
  /** Ids of the largest logits in any order, and those logits: every id that is not among them has a smaller one. */
  readonly ids: Uint32Array;
  readonly logits: Float32Array;
}

/** Largest error of a summary's sums, as a part of them: 65,037 numbers summed in float32 are right to 1e-6. */
export const TOTAL_ERROR = 1e-5;

/** Below this temperature float32 sums could overflow on a GPU. */
const COLDEST_SUMMARY = 0.01;

/** Chooses tokens: greedy at temperature 0, otherwise by temperature, then top-p, then a draw with a seeded generator. */
export class Sampler {
  readonly #temperature: number;
  readonly #topP: number;
  readonly #random: () => number;
  /** Kept between tokens, for a vocabulary is large. */
  #weights = new Float64Array(0);

  constructor({ temperature, topP, seed }: Pick<DecodingOptions, 'temperature' | 'topP' | 'seed'>) {
    this.#temperature = temperature;
    this.#topP = topP;
    this.#random = mulberry32(seed);
  }

  /** What it takes to choose: the largest logit, the largest ones, or all of them. */
  get wants(): 'best' | 'largest' | 'all' {
    if (this.#temperature === 0) return 'best';
    return this.#topP < 1 && this.#temperature >= COLDEST_SUMMARY ? 'largest' : 'all';
  }

  get temperature(): number {
    return this.#temperature;
  }

  /**
   * The choice that `choose` makes from the logits a summary is of.
   * @returns null where the summary does not tell it for certain: then all logits are needed
   */
  chooseFrom(summary: LogitsSummary): Choice | null {
    const { wants } = this;
    const { max, total } = summary;
    if (wants === 'all' || !(total > 0 && total < Number.POSITIVE_INFINITY)) return null;
    if (wants === 'best') return { id: summary.best, probability: 1 / total };
    const weightOf = (logit: number) => Math.exp((logit - max) / this.#temperature);
    const heaviest = [...summary.ids]
      .map((id, index) => ({ id, logit: summary.logits[index] ?? 0, weight: weightOf(summary.logits[index] ?? 0) }))
      .sort((a, b) => b.weight - a.weight || a.id - b.id);
    const count = nucleusSize(
      heaviest.map(({ weight }) => weight),
      summary.totalAtTemperature,
      this.#topP,
    );
    if (count === null) return null;
    const kept = heaviest.slice(0, count).sort((a, b) => a.id - b.id);
    const index = this.#drawOne(kept.map(({ weight }) => weight));
    const { id, logit } = kept[index] as (typeof kept)[number];
    return { id, probability: Math.exp(logit - max) / total };
  }

  /**
   * @param logits of the next token, `[vocabulary]`, -Infinity where a rule forbids
   * @throws Error where the logits hold NaN or leave nothing, which no sound model does
   */
  choose(logits: Float32Array): Choice {
    const best = argMax(logits);
    const max = logits[best] ?? Number.NEGATIVE_INFINITY;
    const total = sumOfExponentials(logits, max);
    // The largest alone adds 1.
    if (!(total >= 1 && total < Number.POSITIVE_INFINITY))
      throw new Error('the model gave no usable probabilities for the next token');
    const id = this.#temperature === 0 ? best : this.#draw(logits, max);
    return { id, probability: Math.exp((logits[id] ?? Number.NEGATIVE_INFINITY) - max) / total };
  }

  #draw(logits: Float32Array, max: number): number {
    if (this.#weights.length !== logits.length) this.#weights = new Float64Array(logits.length);
    const weights = this.#weights;
    let total = 0;
    for (let id = 0; id < logits.length; id += 1) {
      const weight = Math.exp(((logits[id] ?? 0) - max) / this.#temperature);
      weights[id] = weight;
      total += weight;
    }
    const kept = nucleus(weights, total, this.#topP);
    return kept[this.#drawOne(kept.map((id) => weights[id] ?? 0))] ?? 0;
  }

  /** @returns index of one of the weights, each as likely as its share */
  #drawOne(weights: readonly number[]): number {
    const sum = weights.reduce((partial, weight) => partial + weight, 0);
    let left = this.#random() * sum;
    for (const [index, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return index;
    }
    // Rounding can leave a crumb after the last one.
    return weights.length - 1;
  }
}

/** Index of the largest value, the first of equals, as torch's argmax; 0 where nothing is above -Infinity. */
export function argMax(values: Float32Array): number {
  let best = 0;
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NEGATIVE_INFINITY;
    if (value > largest) {
      largest = value;
      best = index;
    }
  }
  return best;
}

/**
 * The most probable ids, in ascending order: the fewest whose share reaches `topP` (TopPLogitsWarper of transformers), of
 * equals the first. At 1 all that have any weight.
 * @param weights not negative, of any sum `total`
 */
export function nucleus(weights: Float64Array, total: number, topP: number): number[] {
  if (topP >= 1) return ids(weights, (weight) => weight > 0);
  // All ids this light together weigh less than what may be left out, so none is kept and none need be sorted.
  const lightest = ((1 - topP) * total) / weights.length;
  const heavy = weights.filter((weight) => weight > lightest).sort();
  let share = 0;
  let first = heavy.length;
  while (first > 0 && share < topP) {
    first -= 1;
    share += (heavy[first] ?? 0) / total;
  }
  const least = heavy[first] ?? 0;
  let equals = heavy.subarray(first).filter((weight) => weight === least).length;
  return ids(weights, (weight) => {
    if (weight === least) equals -= 1;
    return weight > least || (weight === least && equals >= 0);
  });
}

/**
 * How many of the heaviest weights `nucleus` keeps.
 * @param heaviest in descending order
 * @param total sum of all weights, within `TOTAL_ERROR`
 * @returns null where these do not reach `topP`, or where the error of `total` could change how many there are
 */
export function nucleusSize(heaviest: readonly number[], total: number, topP: number): number | null {
  let share = 0;
  for (const [index, weight] of heaviest.entries()) {
    if (share >= topP * (1 - 2 * TOTAL_ERROR)) return null;
    share += weight / total;
    if (share >= topP * (1 + 2 * TOTAL_ERROR)) return index + 1;
  }
  return null;
}

function ids(weights: Float64Array, keep: (weight: number) => boolean): number[] {
  const kept: number[] = [];
  for (const [id, weight] of weights.entries()) if (keep(weight)) kept.push(id);
  return kept;
}

function sumOfExponentials(logits: Float32Array, max: number): number {
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - max);
  return total;
}
