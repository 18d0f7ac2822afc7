import type { Encoding } from '../tensors/weight-index.ts';

/** How far a stored weight is from the checkpoint's. */
export interface WeightError {
  readonly name: string;
  readonly encoding: Encoding;
  /** Root of the summed squared differences over root of the summed squares; 0 where the weight is all zero. */
  readonly relativeRms: number;
  readonly maxAbs: number;
}

/** Adds up the error of one weight, piece by piece. */
export class WeightErrorSum {
  #squares = 0;
  #differences = 0;
  #maxAbs = 0;

  add(values: Float32Array, stored: Float32Array): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      const difference = Math.abs(value - (stored[i] as number));
      this.#squares += value * value;
      this.#differences += difference * difference;
      if (difference > this.#maxAbs) this.#maxAbs = difference;
    }
  }

  result(name: string, encoding: Encoding): WeightError {
    const relativeRms = this.#squares === 0 ? 0 : Math.sqrt(this.#differences / this.#squares);
    return { name, encoding, relativeRms, maxAbs: this.#maxAbs };
  }
}
