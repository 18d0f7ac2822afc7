import { PATCH_COUNT } from './patch-index.ts';
import { argMax } from './sampling.ts';

/** Probabilities of the next token at temperature 1: softmax of its logits. */
export class TokenProbabilities {
  readonly #logits: Float32Array;
  /** Whose logits they are, in ascending order; null where an id is the place of its logit. */
  readonly #ids: readonly number[] | null;
  readonly #max: number;
  readonly #total: number;

  /**
   * @param logits `[vocabulary]`, -Infinity where a rule forbids; or those of `ids` alone
   * @param ids in ascending order
   * @param total sum of exp(logit - largest) over the vocabulary, where `ids` are not all that is allowed
   */
  constructor(logits: Float32Array, ids: readonly number[] | null = null, total: number | null = null) {
    this.#logits = logits;
    this.#ids = ids;
    this.#max = logits[argMax(logits)] ?? Number.NEGATIVE_INFINITY;
    this.#total = total ?? logits.reduce((sum, logit) => sum + Math.exp(logit - this.#max), 0);
  }

  /** Natural logarithm of an id's probability; -Infinity where its logit is not known. */
  log(id: number): number {
    const index = this.#ids === null ? id : this.#ids.indexOf(id);
    return this.#logOf(this.#logits[index] ?? Number.NEGATIVE_INFINITY);
  }

  #logOf(logit: number): number {
    return logit - this.#max - Math.log(this.#total);
  }

  /** The most probable ids, most probable first, of equals the lowest; forbidden ones are left out. */
  top(count: number): { readonly id: number; readonly probability: number }[] {
    const best: number[] = [];
    let least = Number.NEGATIVE_INFINITY;
    for (const [index, logit] of this.#logits.entries()) {
      if (logit <= least) continue;
      const at = best.findIndex((other) => (this.#logits[other] ?? 0) < logit);
      best.splice(at < 0 ? best.length : at, 0, index);
      if (best.length > count) best.pop();
      if (best.length === count) least = this.#logits[best.at(-1) ?? 0] ?? least;
    }
    return best.map((index) => ({
      id: this.#ids?.[index] ?? index,
      probability: Math.exp(this.#logOf(this.#logits[index] ?? Number.NEGATIVE_INFINITY)),
    }));
  }

  /**
   * Share of each cell among all locations, `[1024]`, row by row of the grid; all 0 where no location is allowed. To be
   * asked only where the logits of all allowed locations are known.
   * @param firstPatch id of `<patch_index_0000>`
   */
  locations(firstPatch: number): Float32Array {
    const cells = new Float32Array(PATCH_COUNT).fill(Number.NEGATIVE_INFINITY);
    if (this.#ids === null) cells.set(this.#logits.subarray(firstPatch, firstPatch + PATCH_COUNT));
    else for (const [index, logit] of this.#logits.entries()) cells[(this.#ids[index] ?? 0) - firstPatch] = logit;
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
