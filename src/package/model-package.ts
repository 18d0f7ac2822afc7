import type { Kosmos2Config } from '../kosmos2/config.ts';
import type { GenerationConfig } from '../kosmos2/generation-config.ts';
import type { PreprocessorConfig } from '../kosmos2/preprocessor-config.ts';
import type { WeightIndex } from '../tensors/weight-index.ts';
import type { FileRecord, Manifest } from './manifest.ts';

/** Where the files of a package come from: a folder, a site, a store. */
export interface PackageFiles {
  /** Place for messages, e.g. a folder or an address. */
  readonly location: string;
  /**
   * Reads one whole file.
   * @param options.maxBytes more than this ends the read with PACKAGE_FILE_INVALID
   * @throws AppError PACKAGE_FILE_MISSING, PACKAGE_FETCH_FAILED or PACKAGE_FILE_INVALID
   */
  read(name: string, options: ReadOptions): Promise<Uint8Array>;
  /**
   * Opens one weight file where it lies, to be read part by part; left out where a part costs as much as the whole (a
   * server). Its bytes have been checked, now or before.
   * @param inMemory whether there is room for all of it: one long read is faster than many
   * @throws AppError as `read`, PACKAGE_FILE_INVALID for other bytes than `expected`
   */
  open?(name: string, expected: FileRecord, inMemory: boolean, options: Omit<ReadOptions, 'maxBytes'>): Promise<Shard>;
}

/** Bytes of a weight file: in memory, or on a disk and read when a part is asked for. */
export interface Shard {
  readonly byteLength: number;
  /** Bytes `start` to `end`. Not to be written to: a view where the file lies in memory. */
  subarray(start: number, end: number): Uint8Array;
  /** Fills `target` with the bytes from `start` on; not there while they can only be had in an array of their own. */
  readonly readInto?: ((target: Uint8Array, start: number) => void) | undefined;
  /** Most of it has been read: other windows may write to the file or delete it. What is asked for later is read all the same. */
  rest?(): void;
}

export interface ReadOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes received so far of this file. */
  readonly onProgress?: ((received: number) => void) | undefined;
}

/** A package whose files were read, checked against its manifest, and understood. */
export interface ModelPackage {
  readonly manifest: Manifest;
  readonly config: Kosmos2Config;
  readonly preprocessor: PreprocessorConfig;
  readonly generation: GenerationConfig;
  /** Parsed tokenizer.json and tokenizer_config.json, for the tokenizer library. */
  readonly tokenizer: Record<string, unknown>;
  readonly tokenizerConfig: Record<string, unknown>;
  readonly weights: WeightIndex;
  /** Every weight shard by file name. */
  readonly shards: ReadonlyMap<string, Shard>;
}
