import { deleteDB } from 'idb';
import { afterEach, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type AppState, initialState } from '../../src/state/app-state.ts';
import { newImage, type PageImage, sampleImage } from '../../src/state/page-image.ts';
import { type Database, openDatabase } from '../../src/state/saved/database.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import { newTurn, type Turn } from '../../src/state/turn.ts';

/** What was found in a database that is new. */
export const NOTHING = {
  images: new Map(),
  turns: [],
  settings: DEFAULT_SETTINGS,
  apart: { images: [], turns: [] },
};
export const IGNORED = () => {};

/** Opens the database of a test file, which is deleted behind each of its tests. */
export function databaseOf(name: string): () => Promise<Database> {
  let database: Database | null = null;
  afterEach(async () => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    database?.close();
    await deleteDB(name);
  });
  return async () => {
    database = await openDatabase(name);
    if (!database) throw new Error('this browser has no IndexedDB');
    return database;
  };
}

/** The state of a page that has just begun. */
export const fresh = () => createStore<AppState>(() => initialState([sampleImage('a', 'a.png', 10, 10)], 'auto'));

/** An answer that is over. */
export const turn = (id: string, image: string, change: Partial<Turn> = {}): Turn => ({
  ...newTurn(id, image, { mode: 'find', words: 'a cat' }, { settings: DEFAULT_SETTINGS, followUp: false }),
  status: 'done',
  ...change,
});

/** A picture of a person's own. */
export const own = (id: string, turns: readonly string[] = []): PageImage => {
  const blob = new Blob([id], { type: 'image/png' });
  return { ...newImage({ id, kind: 'own', name: id, url: 'blob:x', blob, width: 9, height: 9 }), turns };
};

/** Adds an own picture with one answer. */
export const with1 = (store: ReturnType<typeof fresh>) =>
  store.setState(({ images }) => ({ images: [...images, own('p1', ['t1'])], turns: { t1: turn('t1', 'p1') } }));
