import type { ByteSource } from '../tensors/byte-source.ts';

/** Where the files of a checkpoint in the hub's layout come from: a folder, files picked in a page, the hub. */
export interface CheckpointFiles {
  /** Place for messages. */
  readonly location: string;
  /** A file by its plain name, or null when there is none. */
  open(name: string, signal?: AbortSignal): Promise<ByteSource | null>;
}
