import type { ByteSource } from '../tensors/byte-source.ts';

/** Where the files of a checkpoint in the hub's layout come from: a folder, files picked in a page, the hub, a site. */
export interface CheckpointFiles {
  /** Place for messages; with the state it is in where the place knows one, e.g. a commit of the hub. */
  readonly location: string;
  /**
   * A file by its plain name, or null when there is none. Its reads may overlap, and once it changes they fail rather
   * than mix two states.
   */
  open(name: string, signal?: AbortSignal): Promise<CheckpointFile | null>;
}

/** One file of a checkpoint. */
export interface CheckpointFile extends ByteSource {
  /** Anything that changes when the content does: a hash, an entity tag, a time. Absent where the place tells nothing. */
  readonly version?: string | undefined;
}
