import type { ModelPackage } from '../package/model-package.ts';
import { type OpenPackageOptions, openPackage } from '../package/open-package.ts';
import { withModelLock } from './model-lock.ts';
import { storedFiles } from './stored-files.ts';
import { isDamage, storedFolder, storedSink } from './stored-packages.ts';
import { webFiles } from './web-files.ts';

const STORED = 'stored:';

/**
 * Opens the package at an address: a folder of a web site, or `stored:<name>` for one in this browser's storage. The weights
 * of a stored one stay on the disk; a damaged one is mended by fetching the damaged files alone, where it is known from where.
 * @throws AppError what openPackage throws; STORAGE_FAILED
 */
export async function openPackageAt(url: string, options: OpenPackageOptions = {}): Promise<ModelPackage> {
  if (!url.startsWith(STORED)) return openPackage(webFiles(url), options);
  const name = url.slice(STORED.length);
  const open = () => withModelLock(name, 'shared', () => openStored(name, options), options);
  try {
    return await open();
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    const { mendStored } = await import('./mend-stored.ts');
    const sink = await storedSink(name);
    await withModelLock(name, 'exclusive', () => mendStored(sink, thrown, options.signal), options);
    return open();
  }
}

async function openStored(name: string, options: OpenPackageOptions): Promise<ModelPackage> {
  const files = await storedFiles(await storedFolder(name));
  try {
    const pkg = await openPackage(files, options);
    await files.remember();
    return pkg;
  } catch (thrown) {
    files.rest();
    throw thrown;
  }
}
