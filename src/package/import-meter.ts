import type { Piece } from './fill-shard.ts';
import type { Checkpoint } from './open-checkpoint.ts';
import type { PlannedShard } from './plan-shards.ts';

/** How far an import is, in bytes of the checkpoint's weights. */
export interface ImportProgress {
  /** Bytes that are in the package. */
  readonly done: number;
  readonly total: number;
  /** How many of `done` an earlier try had put there: a rate is that of `done - kept`. */
  readonly kept: number;
  /** Weight at work; null while the files of an earlier try are checked. */
  readonly weight: string | null;
}

/** Counts bytes and tells progress. */
export class ImportMeter {
  readonly #checkpoint: Checkpoint;
  readonly #total: number;
  readonly #tell: ((progress: ImportProgress) => void) | undefined;
  #done = 0;
  #kept = 0;

  constructor(checkpoint: Checkpoint, total: number, tell?: (progress: ImportProgress) => void) {
    this.#checkpoint = checkpoint;
    this.#total = total;
    this.#tell = tell;
  }

  /** Counts a shard that was found finished. */
  keep({ blocks }: PlannedShard): void {
    for (const { weight, rows } of blocks) this.#kept += rows * this.#checkpoint.rowBytes(weight);
    this.#done = this.#kept;
    this.#progress(null);
  }

  /** Counts a piece that was just stored. */
  add({ block, rows }: Piece): void {
    this.#done += rows * this.#checkpoint.rowBytes(block.weight);
    this.#progress(block.weight.name);
  }

  #progress(weight: string | null): void {
    this.#tell?.({ done: this.#done, total: this.#total, kept: this.#kept, weight });
  }
}
