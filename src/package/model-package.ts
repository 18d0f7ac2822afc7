import type { GenerationConfig, Kosmos2Config, PreprocessorConfig } from '../kosmos2/config.ts';
import type { WeightIndex } from '../tensors/weight-index.ts';
import type { Manifest } from './manifest.ts';

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
  /** Bytes of every weight shard by file name. */
  readonly shards: ReadonlyMap<string, Uint8Array>;
}
