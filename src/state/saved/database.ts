import { type DBSchema, type IDBPDatabase, openDB, wrap } from 'idb';
import type { StoredFile } from './stored-file.ts';

/** A record as it was stored; what it holds is checked when it is read. */
interface Stored {
  readonly id: string;
  readonly value: unknown;
}

/** What the database holds. */
export interface Schema extends DBSchema {
  /** Pictures without their bytes, which never change and are stored once. */
  images: { key: string; value: Stored };
  blobs: { key: string; value: StoredFile };
  turns: { key: string; value: Stored };
  /** One record: what belongs to no picture and no turn. */
  page: { key: string; value: Stored };
}

export type Database = IDBPDatabase<Schema>;

export const STORES = ['images', 'blobs', 'turns', 'page'] as const;

/** Raised whenever what is stored changes its form; what an older page stored is then let go. */
const VERSION = 1;
/** A disk can be slow, after a crash above all; one that says nothing at all is not waited for for ever. */
const PATIENCE = 15_000;

/** Opens what this browser keeps of the page; null where it keeps nothing (private windows, storage turned off). */
export async function openDatabase(name: string): Promise<Database | null> {
  try {
    return await new Promise<Database | null>((resolve, reject) => {
      // One that another tab blocks is not waited for: the page works without.
      open(name, () => resolve(null)).then(resolve, reject);
      setTimeout(resolve, PATIENCE, null);
    });
  } catch {
    return null;
  }
}

/** What is read from a database. @throws Error where it says nothing at all, as one does that a frozen page of the site holds */
export function answered<T>(reading: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    reading.then(resolve, reject);
    setTimeout(() => reject(new Error(`The database has not answered for ${PATIENCE / 1000} seconds.`)), PATIENCE);
  });
}

/** Connections that made way for another page, and are not to get in its way again. */
const yielded = new WeakSet<Database>();

/**
 * A new connection in place of one that the browser dropped, as WebKit does in the background.
 * @returns null where the one before made way for another page, or none is to be had
 */
export async function reopenDatabase(before: Database): Promise<Database | null> {
  if (yielded.has(before)) return null;
  const database = await openDatabase(before.name);
  if (database) before.close();
  return database;
}

function open(name: string, blocked: () => void): Promise<Database> {
  return openDB<Schema>(name, VERSION, {
    upgrade(database) {
      for (const store of database.objectStoreNames) database.deleteObjectStore(store);
      database.createObjectStore('images', { keyPath: 'id' });
      database.createObjectStore('blobs');
      database.createObjectStore('turns', { keyPath: 'id' });
      database.createObjectStore('page', { keyPath: 'id' });
    },
    blocked,
    // A newer page in another tab wants to upgrade: it goes first.
    blocking(_current, _blocked, event) {
      const database = event.target as IDBDatabase;
      // The same object that was given out: idb has one for each connection.
      yielded.add(wrap(database) as unknown as Database);
      database.close();
    },
  });
}
