import type { ModelPackage } from '../package/model-package.ts';
import { type OpenPackageOptions, openPackage } from '../package/open-package.ts';
import { withModelLock } from './model-lock.ts';
import { siteFiles } from './site-files.ts';
import { isDamage, storedSink } from './stored-packages.ts';

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
    const { mendStored } = await import('./mend-stored.ts');
    await withModelLock(name, 'exclusive', () => mendStored(sink, thrown, options.signal), options);
    return withModelLock(name, 'shared', () => openPackage(sink, options), options);
  }
}
