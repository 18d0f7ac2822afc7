import type { IDBPTransaction } from 'idb';
import type { PageImage } from '../page-image.ts';
import type { Settings } from '../settings.ts';
import { isOver, type Turn } from '../turn.ts';
import { abortWith } from './break-off-aside.ts';
import { type Database, type Schema, STORES } from './database.ts';
import { PAGE_KEY, type SavedPage, savedPage } from './restore.ts';
import { withForeignTurns, writeImage } from './saved-image.ts';
import { readTurn, writeTurn } from './saved-turn.ts';
import { type StoredFile, storedFiles } from './stored-file.ts';

type Transaction = IDBPTransaction<Schema, typeof STORES, 'readwrite'>;

/** What is stored; null for a record that could not be read. */
export interface Stored {
  readonly images: ReadonlyMap<string, PageImage | null>;
  readonly turns: ReadonlyMap<string, Turn | null>;
  readonly page: { readonly settings: Settings | null };
}

/** What is to be stored. */
export interface Kept extends Stored {
  readonly images: ReadonlyMap<string, PageImage>;
  readonly turns: ReadonlyMap<string, Turn>;
  readonly page: SavedPage;
}

/**
 * Stores what has changed, all of it or nothing.
 * @param from what this window stored last; other windows store too
 * @param signal breaks it off; nothing is stored then
 * @throws what made the database give up, such as QuotaExceededError, rather than the AbortError of what came after
 */
export async function writeChanges(database: Database, from: Stored, to: Kept, signal?: AbortSignal): Promise<void> {
  const files = await storedFiles(database, from.images, to.images);
  signal?.throwIfAborted();
  const transaction = database.transaction(STORES, 'readwrite');
  const abort = abortWith(signal, transaction);
  const work: Promise<unknown>[] = [];
  /** Notes a request. It may fail while something else is awaited, which is then no unhandled rejection. */
  const add = (...requests: Promise<unknown>[]) => {
    for (const request of requests) request.catch(() => {});
    work.push(...requests);
  };
  add(transaction.done);
  try {
    await request(transaction, add, from, to, files);
    await Promise.all(work);
  } catch (thrown) {
    // Where the page itself failed, nothing of it is to be stored.
    abort();
    await Promise.allSettled(work);
    throw transaction.error ?? thrown;
  }
}

/** Asks for everything that is to change. */
async function request(
  transaction: Transaction,
  add: (...requests: Promise<unknown>[]) => void,
  from: Stored,
  to: Kept,
  files: ReadonlyMap<string, StoredFile>,
): Promise<void> {
  const images = transaction.objectStore('images');
  const blobs = transaction.objectStore('blobs');
  const turns = transaction.objectStore('turns');
  const changed = [...to.turns.values()].filter((turn) => from.turns.get(turn.id) !== turn);
  /** Pictures that another window removed, with all answers about them, and that were used here since. */
  const revived = new Set<string>();
  for (const [id, image] of to.images) {
    const same = from.images.get(id) === image;
    if (same && !changed.some((turn) => turn.image === id)) continue;
    const there = await images.get(id);
    if (same && there) continue;
    if (!there) revived.add(id);
    const merged = withForeignTurns(image, from.images.get(id) ?? null, there?.value);
    add(images.put({ id, value: writeImage(merged) }));
    const file = files.get(id);
    if (file && (!there || from.images.get(id)?.blob !== image.blob)) add(blobs.put(file, id));
  }
  for (const id of from.images.keys()) if (!to.images.has(id)) add(images.delete(id), blobs.delete(id));
  for (const [id, turn] of to.turns) {
    if (from.turns.get(id) === turn && !revived.has(turn.image)) continue;
    const here = from.turns.get(id);
    // Without locks every window that shows it asks what waited: the first whole answer stays until there is another.
    const isBehind = here !== undefined && turn.status !== 'done' && !(here && isOver(here));
    if (isBehind && readTurn((await turns.get(id))?.value)?.status === 'done') continue;
    add(turns.put({ id, value: writeTurn(turn) }));
  }
  for (const id of from.turns.keys()) if (!to.turns.has(id)) add(turns.delete(id));
  const page = transaction.objectStore('page');
  // Another window's choice stays where nothing was chosen here.
  const settings =
    from.page.settings === to.page.settings ? savedPage((await page.get(PAGE_KEY))?.value)?.settings : to.page.settings;
  add(page.put({ id: PAGE_KEY, value: { ...to.page, settings: settings ?? to.page.settings } }));
}
