import type { Encoding } from '../tensors/weight-index.ts';

/** How far a stored weight is from the checkpoint's. */
export interface WeightError {
  readonly name: string;
  readonly encoding: Encoding;
  /** Root of the summed squared differences over root of the summed squares; 0 where the weight is all zero. */
  readonly relativeRms: number;
  readonly maxAbs: number;
}

/** What the error of a weight is reckoned from, over the rows of it that lie in one shard. */
export interface ErrorPart {
  readonly name: string;
  readonly encoding: Encoding;
  readonly squares: number;
  readonly differences: number;
  readonly maxAbs: number;
}

/** Adds up the errors of all weights, shard by shard, so that those of finished shards can be kept with them. */
export class ErrorReport {
  readonly #shards = new Map<string, Map<string, ErrorPart>>();

  /** Counts some rows of a weight in a shard. */
  add(shard: string, name: string, encoding: Encoding, values: Float32Array, stored: Float32Array): void {
    let [squares, differences, maxAbs] = [0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      const difference = Math.abs(value - (stored[i] as number));
      squares += value * value;
      differences += difference * difference;
      if (difference > maxAbs) maxAbs = difference;
    }
    const parts = this.#shards.get(shard) ?? new Map<string, ErrorPart>();
    this.#shards.set(shard, parts);
    parts.set(name, sum({ name, encoding, squares, differences, maxAbs }, parts.get(name)));
  }

  /** What was counted in a shard. */
  partsOf(shard: string): readonly ErrorPart[] {
    return [...(this.#shards.get(shard)?.values() ?? [])];
  }

  /** Takes over what an earlier try counted in a shard. */
  restore(shard: string, parts: readonly ErrorPart[]): void {
    this.#shards.set(shard, new Map(parts.map((part) => [part.name, part])));
  }

  /** The error of every weight, in the order of the shards given. */
  result(shards: readonly string[]): WeightError[] {
    const whole = new Map<string, ErrorPart>();
    for (const part of shards.flatMap((shard) => this.partsOf(shard))) {
      whole.set(part.name, sum(part, whole.get(part.name)));
    }
    return [...whole.values()].map(({ name, encoding, squares, differences, maxAbs }) => {
      return { name, encoding, relativeRms: squares === 0 ? 0 : Math.sqrt(differences / squares), maxAbs };
    });
  }
}

function sum(part: ErrorPart, other: ErrorPart | undefined): ErrorPart {
  if (!other) return part;
  return {
    ...part,
    squares: part.squares + other.squares,
    differences: part.differences + other.differences,
    maxAbs: Math.max(part.maxAbs, other.maxAbs),
  };
}
