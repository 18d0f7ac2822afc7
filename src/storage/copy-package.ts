import { ImportJournal } from '../package/import-journal.ts';
import { type FileRecord, type Manifest, manifestOf, packageBytes } from '../package/manifest.ts';
import type { PackageFiles } from '../package/model-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { sha256 } from '../package/sha256.ts';
import { AppError, toAppError } from '../protocol/errors.ts';
import type { TransferProgress } from '../protocol/importer-messages.ts';
import { readManifest } from './verify-stored.ts';

/** Files under way at a time, of 64 MB at most: enough to fill a connection, little enough for a phone's memory. */
const PARALLEL_FILES = 3;

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** Asked once the size is known, before anything is touched. @param bytes of all files, those that are there included */
  readonly makeRoom?: ((bytes: number) => Promise<void>) | undefined;
}

/**
 * Copies a package, each file checked against the manifest before it counts. Stopped or killed, it goes on with what is
 * not there yet when it is started again; a manifest is there only once the package is whole.
 * @throws AppError CANCELLED, PACKAGE_MANIFEST_INVALID, PACKAGE_VERSION_UNKNOWN, PACKAGE_FILE_INVALID for a file that is
 * wrong twice, what `from`, `to` and `makeRoom` throw
 */
export async function copyPackage(from: PackageFiles, to: PackageSink, options: CopyOptions = {}): Promise<Manifest> {
  try {
    return await copy(from, to, options);
  } catch (thrown) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'Getting the model was stopped.', {}, thrown);
    throw toAppError(thrown);
  }
}

async function copy(from: PackageFiles, to: PackageSink, options: CopyOptions): Promise<Manifest> {
  const { signal, onProgress, makeRoom } = options;
  // Like every other file, a manifest that came wrong is asked for once more.
  const [manifestBytes, manifest] = await soundManifest(from, signal).catch((thrown) => {
    if (thrown instanceof AppError && thrown.code === 'PACKAGE_MANIFEST_INVALID') return soundManifest(from, signal);
    throw thrown;
  });
  const entries = Object.entries(manifest.files);
  const total = packageBytes(manifest);
  await makeRoom?.(total);
  const journal = await ImportJournal.open(
    to,
    {
      source: from.location,
      scheme: manifest.scheme,
      identity: await sha256(manifestBytes),
      files: entries.map(([name]) => name),
    },
    signal,
  );

  let kept = 0;
  const missing: [string, FileRecord][] = [];
  for (const [name, record] of entries) {
    signal?.throwIfAborted();
    if (await journal.kept(name, signal)) kept += record.bytes;
    else missing.push([name, record]);
    onProgress?.({ done: kept, total, kept, item: null });
  }

  const received = new Map<string, number>();
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  let stored: Promise<unknown> = Promise.resolve();
  async function next(): Promise<void> {
    for (let entry = missing.shift(); entry; entry = missing.shift()) {
      const [name, record] = entry;
      const bytes = await readRight(from, name, record, either, (count) => {
        received.set(name, count);
        const done = [...received.values()].reduce((sum, value) => sum + value, kept);
        onProgress?.({ done, total, kept, item: name });
      });
      // One after the other: the journal's last word must be its newest.
      stored = stored.then(() => {
        either.throwIfAborted();
        return journal.store(name, bytes);
      });
      await stored;
    }
  }
  try {
    await Promise.all(Array.from({ length: PARALLEL_FILES }, next));
  } catch (thrown) {
    failed.abort();
    await stored.catch(() => undefined);
    throw thrown;
  }
  signal?.throwIfAborted();
  await journal.finish(manifestBytes);
  return manifest;
}

async function soundManifest(
  from: PackageFiles,
  signal?: AbortSignal,
): Promise<[bytes: Uint8Array, manifest: Manifest]> {
  const bytes = await readManifest(from, signal);
  return [bytes, manifestOf(bytes)];
}

/** The bytes of a file that are those of the manifest. Wrong ones are fetched once more: proxies err, hosts seldom. */
export async function readRight(
  from: PackageFiles,
  name: string,
  record: FileRecord,
  signal?: AbortSignal,
  onProgress?: (received: number) => void,
): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    const bytes = await from.read(name, { maxBytes: record.bytes, signal, onProgress });
    signal?.throwIfAborted();
    const actual = { bytes: bytes.length, sha256: await sha256(bytes) };
    if (actual.bytes === record.bytes && actual.sha256 === record.sha256) return bytes;
    if (tries < 2) continue;
    const message = `${name} from ${from.location} is not what its manifest says: ${actual.bytes} bytes with SHA-256 ${actual.sha256} in place of ${record.bytes} with ${record.sha256}. Get the model from another place, or try again later.`;
    throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, expected: record, actual });
  }
}
