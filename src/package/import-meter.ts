import { matrixShape } from '../tensors/read-weight.ts';
import { decodeRows, type EncodedRows } from './encode-rows.ts';
import type { Piece } from './fill-shard.ts';
import type { Checkpoint } from './open-checkpoint.ts';
import type { PlannedShard } from './plan-shards.ts';
import { type WeightError, WeightErrorSum } from './weight-error.ts';

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

/** Tells progress and, where asked for, the error of each weight. */
export class ImportMeter {
  readonly #checkpoint: Checkpoint;
  readonly #total: number;
  readonly #tell: ((progress: ImportProgress) => void) | undefined;
  readonly #tellWeight: ((error: WeightError) => void) | undefined;
  #done = 0;
  #kept = 0;
  #error = new WeightErrorSum();

  constructor(
    checkpoint: Checkpoint,
    total: number,
    to: {
      readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
      readonly onWeight?: ((error: WeightError) => void) | undefined;
    },
  ) {
    this.#checkpoint = checkpoint;
    this.#total = total;
    this.#tell = to.onProgress;
    this.#tellWeight = to.onWeight;
  }

  /** Counts a shard that was found finished. */
  keep({ blocks }: PlannedShard): void {
    for (const { weight, rows } of blocks) this.#kept += rows * this.#checkpoint.rowBytes(weight);
    this.#done = this.#kept;
    this.#progress(null);
  }

  /** Counts a piece whose `values` were just stored in `to`. */
  add({ block, row, rows }: Piece, values: Float32Array, to: EncodedRows): void {
    const { weight, encoding, rowStart } = block;
    this.#done += rows * this.#checkpoint.rowBytes(weight);
    this.#progress(weight.name);
    if (!this.#tellWeight) return;
    this.#error.add(values, decodeRows(to));
    if (rowStart + row + rows < matrixShape(weight.shape).rows) return;
    this.#tellWeight(this.#error.result(weight.name, encoding));
    this.#error = new WeightErrorSum();
  }

  #progress(weight: string | null): void {
    this.#tell?.({ done: this.#done, total: this.#total, kept: this.#kept, weight });
  }
}
