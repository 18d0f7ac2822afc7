import type { PackageFiles } from './model-package.ts';

/**
 * Where an importer puts the files of a package and finds again what an earlier try left there: a folder, OPFS, memory.
 * Reading back is what `PackageFiles` does; only PACKAGE_FILE_MISSING and PACKAGE_FILE_INVALID mean that a file must be
 * made anew, every other error ends the import.
 */
export interface PackageSink extends PackageFiles {
  /**
   * Writes one whole file (at most MAX_SHARD_BYTES) in place of one of the same name. Resuming rests on this: a writer
   * that is killed leaves the file before it, or none, or one of the wrong length, and never hands out later what it has
   * not stored. The bytes may be kept: the importer does not write to them again.
   * @throws AppError where there is no room or no permission
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file, and whatever a write of it that was cut off has left; none of that name is fine. */
  remove(name: string): Promise<void>;
}
