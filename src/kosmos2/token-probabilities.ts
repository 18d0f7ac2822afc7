import { PATCH_COUNT } from './patch-index.ts';
import { argMax } from './sampling.ts';

/** Probabilities of the next token at temperature 1: softmax of its logits. */
export class TokenProbabilities {
  readonly #logits: Float32Array;
  readonly #max: number;
  readonly #total: number;

  /** @param logits `[vocabulary]`, -Infinity where a rule forbids */
  constructor(logits: Float32Array) {
    this.#logits = logits;
    this.#max = logits[argMax(logits)] ?? Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const logit of logits) total += Math.exp(logit - this.#max);
    this.#total = total;
  }

  /** Natural logarithm of an id's probability. */
  log(id: number): number {
    return (this.#logits[id] ?? Number.NEGATIVE_INFINITY) - this.#max - Math.log(this.#total);
  }

  /** The most probable ids, most probable first, of equals the lowest; forbidden ones are left out. */
  top(count: number): { readonly id: number; readonly probability: number }[] {
    const best: number[] = [];
    let least = Number.NEGATIVE_INFINITY;
    for (const [id, logit] of this.#logits.entries()) {
      if (logit <= least) continue;
      const at = best.findIndex((other) => (this.#logits[other] ?? 0) < logit);
      best.splice(at < 0 ? best.length : at, 0, id);
      if (best.length > count) best.pop();
      if (best.length === count) least = this.#logits[best.at(-1) ?? 0] ?? least;
    }
    return best.map((id) => ({ id, probability: Math.exp(this.log(id)) }));
  }

  /**
   * Share of each cell among all locations, `[1024]`, row by row of the grid; all 0 where no location is allowed.
   * @param firstPatch id of `<patch_index_0000>`
   */
  locations(firstPatch: number): Float32Array {
    const cells = this.#logits.slice(firstPatch, firstPatch + PATCH_COUNT);
    const max = cells[argMax(cells)] ?? Number.NEGATIVE_INFINITY;
    if (max === Number.NEGATIVE_INFINITY) return cells.fill(0);
    let total = 0;
    for (const [cell, logit] of cells.entries()) {
      const weight = Math.exp(logit - max);
      cells[cell] = weight;
      total += weight;
    }
    return cells.map((weight) => weight / total);
  }
}
