import type { PackageSink } from '../package/package-sink.ts';
import { sha256 } from '../package/sha256.ts';
import { AppError, reasonOf } from '../protocol/errors.ts';
import type { StoredPackage } from '../protocol/importer-messages.ts';
import { directorySink } from './directory-files.ts';
import { modelFolder, modelsFolder } from './opfs.ts';
import { readOrigin } from './stored-origin.ts';
import { readManifest, storedManifest } from './verify-stored.ts';

/**
 * The place of a stored model.
 * @throws AppError STORAGE_FAILED where the browser keeps nothing, PACKAGE_FILE_MISSING where there is no such model
 */
export async function storedSink(name: string, create = false): Promise<PackageSink> {
  return directorySink(await storedFolder(name, create));
}

/** Its folder. @throws AppError as `storedSink` */
export async function storedFolder(name: string, create = false): Promise<FileSystemDirectoryHandle> {
  const folder = await modelFolder(name, create);
  if (folder) return folder;
  const message = `No model is stored under the name ${name}: the browser may have cleared it to free space. Get it again.`;
  throw new AppError('PACKAGE_FILE_MISSING', message, { name });
}

/** All models in storage, whole or not, by name. A folder without a byte is of a try that ended before anything came. */
export async function listStored(): Promise<StoredPackage[]> {
  const found: StoredPackage[] = [];
  for await (const [name, handle] of (await modelsFolder()).entries()) {
    if (handle.kind === 'directory') found.push(await describeStored(name));
  }
  return found.filter(({ bytes }) => bytes > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is in a model's folder. */
export async function describeStored(name: string): Promise<StoredPackage> {
  let bytes = 0;
  let date = 0;
  for await (const handle of ((await modelFolder(name, false)) ?? []).values()) {
    if (handle.kind !== 'file') continue;
    const { size, lastModified } = await (handle as FileSystemFileHandle).getFile();
    bytes += size;
    date = Math.max(date, lastModified);
  }
  const sink = await storedSink(name);
  const manifest = await storedManifest(sink).catch(() => null);
  const origin = await readOrigin(sink);
  const place = origin?.kind === 'checkpoint' ? origin.source : origin;
  const { repository, revision } = manifest?.source ?? {};
  return {
    name,
    bytes,
    date,
    from: place && 'url' in place ? place.url : null,
    identities: [
      ...(manifest ? [await sha256(await readManifest(sink))] : []),
      ...(origin?.kind === 'checkpoint' ? [origin.identity] : []),
    ],
    manifest: manifest && {
      name: manifest.name,
      description: manifest.description,
      licence: manifest.licence,
      scheme: manifest.scheme,
      repository: repository ?? '',
      revision: revision ?? null,
    },
  };
}

/** Removes a model and everything an unfinished try has left of it. */
export async function deleteStored(name: string): Promise<void> {
  if (!(await modelFolder(name, false))) return;
  try {
    await (await modelsFolder()).removeEntry(name, { recursive: true });
  } catch (cause) {
    const reason = reasonOf(cause);
    const message = `${name} could not be deleted (${reason}). Close other windows that use it and try again.`;
    throw new AppError('STORAGE_FAILED', message, { name }, cause);
  }
}
