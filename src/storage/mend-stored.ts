import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { hasUnfinishedImport } from '../package/import-journal.ts';
import { MANIFEST_FILE, manifestOf, packageBytes } from '../package/manifest.ts';
import type { PackageFiles } from '../package/model-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { remakeFiles } from '../package/remake-files.ts';
import { AppError } from '../protocol/errors.ts';
import { checkpointOf } from './checkpoint-source.ts';
import { readRight } from './copy-package.ts';
import { remotePackage } from './remote-package.ts';
import { readOrigin } from './stored-origin.ts';
import { checking, readManifest, storedManifest, type VerifyOptions, verifyStored } from './verify-stored.ts';

/**
 * Puts the damaged files of a stored model right and touches no other: fetched again where it came as a package, made
 * anew where it was imported.
 * @param damage what was found, thrown again where the model came from nowhere that can be asked
 * @throws AppError
 */
export async function mendStored(sink: PackageSink, damage: AppError, options: VerifyOptions = {}): Promise<void> {
  const origin = await readOrigin(sink);
  if (origin?.kind === 'package') await fetchAgain(sink, origin.url, damage, options);
  else if (origin?.source) {
    try {
      const { files } = await checkpointOf(origin.source, options.signal);
      await remakeDamaged(sink, files, options);
    } catch (thrown) {
      throw thrown instanceof AppError && thrown.code === 'CHECKPOINT_DENIED' ? needsToken(damage, thrown) : thrown;
    }
  } else throw origin ? madeOfFiles(damage) : damage;
}

/** Makes the damaged files of a model anew, from the checkpoint it was made of. @throws AppError */
export async function remakeDamaged(sink: PackageSink, from: CheckpointFiles, options: VerifyOptions): Promise<void> {
  const { signal, onProgress } = options;
  const damaged = await verifyStored(sink, checking(options));
  const files = remakeFiles(from, await storedManifest(sink), damaged, {
    signal,
    onProgress: ({ weight, ...bytes }) => onProgress?.({ ...bytes, item: weight }),
  });
  for await (const [name, bytes] of files) await sink.write(name, bytes);
}

async function fetchAgain(sink: PackageSink, url: string, damage: AppError, options: VerifyOptions): Promise<void> {
  const { signal } = options;
  const from = remotePackage(url);
  await storedManifest(sink).catch(async () => {
    // A model that is on its way has no manifest yet: it is for its download to go on.
    if (await hasUnfinishedImport(sink)) throw damage;
    const bytes = await readManifest(from, signal);
    manifestOf(bytes);
    await sink.write(MANIFEST_FILE, bytes);
  });
  await fetchDamaged(sink, from, await verifyStored(sink, checking(options)), options);
}

/** Fetches damaged files of a package again, each right before it takes the place of what is there. @throws AppError */
export async function fetchDamaged(
  sink: PackageSink,
  from: PackageFiles,
  damaged: readonly string[],
  { signal, onProgress }: VerifyOptions,
): Promise<void> {
  const manifest = await storedManifest(sink);
  const { files } = manifest;
  const total = packageBytes(manifest);
  const kept = damaged.reduce((left, name) => left - (files[name]?.bytes ?? 0), total);
  let done = kept;
  for (const name of damaged) {
    const record = files[name];
    if (!record) continue;
    const onReceived = (count: number) => onProgress?.({ done: done + count, total, kept, item: name });
    const bytes = await readRight(from, name, record, signal, onReceived).catch(async (thrown) => {
      // Where nothing answers, what it has by now cannot be asked either.
      if (thrown instanceof AppError && thrown.code === 'PACKAGE_FETCH_FAILED') throw thrown;
      const there = await hashAt(from, name, signal).catch(() => record.sha256);
      throw there === record.sha256 ? thrown : hasAnother(name, from.location);
    });
    await sink.write(name, bytes);
    done += record.bytes;
  }
}

/** Hash that a file has in the package of a place; undefined where it has none of that name. */
async function hashAt(from: PackageFiles, name: string, signal?: AbortSignal): Promise<string | undefined> {
  return manifestOf(await readManifest(from, signal)).files[name]?.sha256;
}

function hasAnother(file: string, location: string): AppError {
  const message = `${file} is damaged, and ${location} now has another version of this model. Get it again under Models.`;
  return new AppError('PACKAGE_FILE_INVALID', message, { file, newer: location });
}

function needsToken({ details }: AppError, denied: AppError): AppError {
  const { file = MANIFEST_FILE } = details;
  const { page = denied.details.location } = denied.details;
  const message = `${file} is damaged, and ${page} gives this model out only with an access token, which is not kept. Get it again under Models with the token: only what is damaged is remade.`;
  return new AppError('CHECKPOINT_DENIED', message, { file, page });
}

/** That it came from nowhere that can be asked again. */
export function madeOfFiles({ details }: AppError): AppError {
  const { file = MANIFEST_FILE } = details;
  const message = `${file} is damaged, and this model was made from files on this device. Choose the same files again under Models: only what is damaged is remade.`;
  return new AppError('PACKAGE_FILE_INVALID', message, { file, madeOf: 'files' });
}
