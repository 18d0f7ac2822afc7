import type { ModelPackage } from '../package/model-package.ts';
import { type OpenPackageOptions, openPackage } from '../package/open-package.ts';
import type { PackageSink } from '../package/package-sink.ts';
import type { AppError } from '../protocol/errors.ts';
import { readRight } from './copy-package.ts';
import { withModelLock } from './model-lock.ts';
import { remotePackage } from './remote-package.ts';
import { siteFiles } from './site-files.ts';
import { readOrigin } from './stored-origin.ts';
import { isDamage, storedManifest, storedSink, verifyStored } from './stored-packages.ts';

const STORED = 'stored:';

/**
 * Opens the package at an address: a folder of a web site, or `stored:<name>` for one in this browser's storage. A stored
 * one that is damaged is mended by fetching the damaged files alone, where it is known from where.
 * @throws AppError what openPackage throws; STORAGE_FAILED
 */
export async function openPackageAt(url: string, options: OpenPackageOptions = {}): Promise<ModelPackage> {
  if (!url.startsWith(STORED)) return openPackage(siteFiles(url), options);
  const name = url.slice(STORED.length);
  const sink = await storedSink(name);
  try {
    return await withModelLock(name, 'shared', () => openPackage(sink, options), options);
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    await withModelLock(name, 'exclusive', () => mend(sink, thrown as AppError, options.signal), options);
    return withModelLock(name, 'shared', () => openPackage(sink, options), options);
  }
}

async function mend(sink: PackageSink, damage: AppError, signal: AbortSignal | undefined): Promise<void> {
  const origin = await readOrigin(sink);
  if (origin === null) throw damage;
  const { files } = await storedManifest(sink);
  const from = remotePackage(origin);
  for (const name of await verifyStored(sink, { signal })) {
    const record = files[name];
    if (record) await sink.write(name, await readRight(from, name, record, signal));
  }
}
