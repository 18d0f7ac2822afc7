import { MANIFEST_FILE, MAX_MANIFEST_BYTES, type Manifest, manifestOf, packageBytes } from '../package/manifest.ts';
import type { PackageFiles } from '../package/model-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { sha256 } from '../package/sha256.ts';
import { AppError } from '../protocol/errors.ts';
import type { TransferProgress } from '../protocol/importer-messages.ts';

/** What the manifest of a stored model says. @throws AppError PACKAGE_MANIFEST_INVALID, what `sink` throws */
export async function storedManifest(sink: PackageSink): Promise<Manifest> {
  return manifestOf(await readManifest(sink));
}

/** The bytes of a manifest. @throws AppError what `files` throws */
export function readManifest(files: PackageFiles, signal?: AbortSignal): Promise<Uint8Array> {
  return files.read(MANIFEST_FILE, { maxBytes: MAX_MANIFEST_BYTES, signal });
}

/** Whether a place has the manifest of another: the same package, its files aside. @throws AppError what `from` throws */
export async function holdsSame(from: PackageFiles, to: PackageFiles, signal?: AbortSignal): Promise<boolean> {
  const there = await readManifest(to, signal).catch(() => null);
  if (!there) return false;
  const wanted = await readManifest(from, signal);
  return wanted.length === there.length && wanted.every((byte, at) => byte === there[at]);
}

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/** Progress of looking at what is there: nothing comes meanwhile. */
export function checking({ signal, onProgress }: VerifyOptions): VerifyOptions {
  return { signal, onProgress: ({ done, total }) => onProgress?.({ done, total, kept: done, item: null }) };
}

/** Reads every file of a stored model; done are those that are right. @returns names of those that are missing or damaged */
export async function verifyStored(sink: PackageSink, { signal, onProgress }: VerifyOptions = {}): Promise<string[]> {
  const manifest = await storedManifest(sink);
  const total = packageBytes(manifest);
  const damaged: string[] = [];
  let done = 0;
  for (const [name, record] of Object.entries(manifest.files)) {
    signal?.throwIfAborted();
    const bytes = await sink.read(name, { maxBytes: record.bytes, signal }).catch((thrown) => {
      if (isDamage(thrown)) return null;
      throw thrown;
    });
    if (bytes?.length !== record.bytes || (await sha256(bytes)) !== record.sha256) damaged.push(name);
    else done += record.bytes;
    onProgress?.({ done, total, kept: 0, item: name });
  }
  return damaged;
}

/** Whether an error says that a file is not there or not what it should be. */
export function isDamage(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && /^PACKAGE_(FILE_MISSING|FILE_INVALID|MANIFEST_INVALID)$/.test(thrown.code);
}
