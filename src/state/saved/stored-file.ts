import type { PageImage } from '../page-image.ts';
import type { Database } from './database.ts';

/** A picture's file as it is stored: as bytes where the browser stores no blobs, as in Safari's private windows. */
export type StoredFile = Blob | { readonly bytes: ArrayBuffer; readonly type: string };

type Images = ReadonlyMap<string, PageImage | null>;

/** Under which a blob is stored for a moment. No picture's id is empty. */
const TRIAL = '';
const trials = new WeakMap<Database, Promise<boolean>>();

/**
 * The files of all pictures of `to`, as this browser can store them. Where it stores no blobs only those are read into memory
 * that `from` does not have; the others are left out.
 * @throws what the database fails with
 */
export async function storedFiles(
  database: Database,
  from: Images,
  to: Images,
): Promise<ReadonlyMap<string, StoredFile>> {
  const files = [...to].flatMap(([id, image]) => (image?.blob ? [[id, image.blob] as const] : []));
  const added = files.filter(([id, blob]) => from.get(id)?.blob !== blob);
  if (added.length === 0 || (await keepsBlobs(database))) return new Map(files);
  const read = added.map(async ([id, blob]) => [id, { bytes: await blob.arrayBuffer(), type: blob.type }] as const);
  return new Map(await Promise.all(read));
}

/** What was stored as a file; undefined for anything else. */
export function fileOf(value: unknown): Blob | undefined {
  if (value instanceof Blob) return value;
  const { bytes, type } = (value ?? {}) as { bytes?: unknown; type?: unknown };
  return bytes instanceof ArrayBuffer && typeof type === 'string' ? new Blob([bytes], { type }) : undefined;
}

/**
 * Whether blobs can be stored, which is tried until it is known, alone: WebKit never ends a transaction in which one fails beside
 * anything else, and every other waits for it.
 */
async function keepsBlobs(database: Database): Promise<boolean> {
  const trial = trials.get(database) ?? tryBlob(database);
  trials.set(database, trial);
  try {
    return await trial;
  } catch (thrown) {
    // There may be room the next time.
    trials.delete(database);
    throw thrown;
  }
}

async function tryBlob(database: Database): Promise<boolean> {
  try {
    await database.put('blobs', new Blob(['x']), TRIAL);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'UnknownError') return false;
    throw thrown;
  }
  await database.delete('blobs', TRIAL);
  return true;
}
