/** Where an importer puts the files of a package. */
export interface PackageSink {
  /** Writes one whole file (at most MAX_SHARD_BYTES), in place of one of the same name. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file; none of that name is fine. */
  remove(name: string): Promise<void>;
}
