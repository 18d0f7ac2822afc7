import type { DecodingOptions } from './decoding-options.ts';
import { mulberry32 } from './random.ts';

/** A chosen token. */
export interface Choice {
  readonly id: number;
  /** Its probability at temperature 1, after the rules were applied. */
  readonly probability: number;
}

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
    const sum = kept.reduce((partial, id) => partial + (weights[id] ?? 0), 0);
    let left = this.#random() * sum;
    for (const id of kept) {
      left -= weights[id] ?? 0;
      if (left < 0) return id;
    }
    // Rounding can leave a crumb after the last one.
    return kept.at(-1) ?? 0;
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
