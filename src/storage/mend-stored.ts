import type { CheckpointFiles } from '../package/checkpoint-files.ts';
import { hasUnfinishedImport } from '../package/import-journal.ts';
import { MANIFEST_FILE, MAX_MANIFEST_BYTES, type Manifest, parseManifest } from '../package/manifest.ts';
import type { PackageSink } from '../package/package-sink.ts';
import { parseJsonObject } from '../package/parse-json.ts';
import { remakeFiles } from '../package/remake-files.ts';
import { AppError } from '../protocol/errors.ts';
import { checkpointOf } from './checkpoint-source.ts';
import { readRight } from './copy-package.ts';
import { remotePackage } from './remote-package.ts';
import { readOrigin } from './stored-origin.ts';
import { storedManifest, verifyStored } from './stored-packages.ts';

/**
 * Puts the damaged files of a stored model right and touches no other: fetched again where it came as a package, made
 * anew where it was imported.
 * @param damage what was found, thrown again where the model came from nowhere that can be asked
 * @throws AppError
 */
export async function mendStored(sink: PackageSink, damage: AppError, signal?: AbortSignal): Promise<void> {
  const origin = await readOrigin(sink);
  if (origin?.kind === 'package') await fetchAgain(sink, origin.url, damage, signal);
  else if (origin?.source) {
    const { files } = await checkpointOf(origin.source, signal);
    await remakeDamaged(sink, files, signal);
  } else throw origin ? madeOfFiles(damage) : damage;
}

/** Makes the damaged files of a model anew, from the checkpoint it was made of. @throws AppError */
export async function remakeDamaged(sink: PackageSink, from: CheckpointFiles, signal?: AbortSignal): Promise<void> {
  const damaged = await verifyStored(sink, { signal });
  for await (const [name, bytes] of remakeFiles(from, await storedManifest(sink), damaged, signal)) {
    await sink.write(name, bytes);
  }
}

async function fetchAgain(sink: PackageSink, url: string, damage: AppError, signal?: AbortSignal): Promise<void> {
  const from = remotePackage(url);
  const { files } = await storedManifest(sink).catch(async () => {
    // A model that is on its way has no manifest yet: it is for its download to go on.
    if (await hasUnfinishedImport(sink)) throw damage;
    const bytes = await from.read(MANIFEST_FILE, { maxBytes: MAX_MANIFEST_BYTES, signal });
    const manifest: Manifest = parseManifest(parseJsonObject(MANIFEST_FILE, bytes, 'PACKAGE_MANIFEST_INVALID'));
    await sink.write(MANIFEST_FILE, bytes);
    return manifest;
  });
  for (const name of await verifyStored(sink, { signal })) {
    const record = files[name];
    if (record) await sink.write(name, await readRight(from, name, record, signal));
  }
}

function madeOfFiles({ details }: AppError): AppError {
  const { file = MANIFEST_FILE } = details;
  const message = `${file} is damaged, and this model was made of files of this device. Choose the same files again under Models: only what is damaged is made anew.`;
  return new AppError('PACKAGE_FILE_INVALID', message, { file, madeOf: 'files' });
}
