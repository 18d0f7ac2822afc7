import type { StoreApi } from 'zustand/vanilla';
import { isStorageFull } from '../../protocol/storage-full.ts';
import type { AppState, Unkept } from '../app-state.ts';
import type { PageImage } from '../page-image.ts';
import { breakOffAside } from './break-off-aside.ts';
import { type Database, reopenDatabase } from './database.ts';
import type { KnownRecords } from './restore.ts';
import { type Kept, type Stored, writeChanges } from './write-changes.ts';

/** Most pictures and answers that are kept for the next visit, the newest: far more than anybody scrolls through. */
export const MOST_PICTURES = 100;
export const MOST_TURNS = 2000;
/** Most bytes of pictures that are kept; browsers give a site more, but the models need it. */
export const MOST_BYTES = 500e6;

/** Between a change and its being stored, in milliseconds: an answer being written changes with every token. */
const DELAY = 300;

/** Stores the state as it is now and as it changes. */
export interface Keeper {
  /** Stores at once what is not stored yet. */
  flush(): Promise<void>;
  /** Stops storing and closes the database. */
  close(): void;
}

/**
 * Keeps pictures and conversations in the database from now on, with what came while they were restored.
 * @param opened the database, which is opened again where the browser drops it
 * @param known what was restored from it just now
 * @param onFailure called when storing fails (usually because the disk is full), and not again until it worked once
 * @param onUnkept called when there is more than is kept, and not again until all of it was
 */
export function keepSaved(
  store: StoreApi<AppState>,
  opened: Database,
  known: KnownRecords,
  onFailure: (thrown: unknown) => void,
  onUnkept: () => void,
): Keeper {
  let database = opened;
  let stored = storedOf(store.getState(), known);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = false;
  let tooMuch = false;
  /** Whether what was passed over when the page began is removed. */
  let apartGone = false;
  // One write after the other, so that the last word is the newest state.
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const { signal } = aside;
    if (signal.aborted) return;
    const state = store.getState();
    const next = keptOf(state);
    // Not before the page is left: until then a clear may be taken back, and nothing here could put these back.
    const all = !apartGone && document.visibilityState === 'hidden' && isCleared(state);
    try {
      await writeOrReopen(all ? withApart(stored, known) : stored, next, signal);
      apartGone ||= all;
      stored = next;
      failed = false;
      const { pictures, answers } = tellUnkept(state);
      const more = pictures + answers > 0;
      if (more && !tooMuch) onUnkept();
      tooMuch = more;
    } catch (thrown) {
      if (signal.aborted) return;
      tellUnkept(state);
      if (!failed) onFailure(thrown);
      failed = true;
    }
  }

  /** A connection that the browser dropped fails for the rest of the visit: another one is tried, once. */
  async function writeOrReopen(from: Stored, next: Kept, signal: AbortSignal): Promise<void> {
    try {
      await writeChanges(database, from, next, signal);
    } catch (thrown) {
      const another = isStorageFull(thrown) || signal.aborted ? null : await reopenDatabase(database);
      if (!another) throw thrown;
      database = another;
      await writeChanges(database, from, next, signal);
    }
  }

  function tellUnkept(state: AppState): Unkept {
    const unkept = unkeptOf(state, stored);
    const { pictures, answers } = store.getState().unkept;
    if (unkept.pictures !== pictures || unkept.answers !== answers) store.setState({ unkept });
    return unkept;
  }

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  const onChange = (state: AppState, before: AppState) => {
    const count = ({ turns }: AppState) => Object.keys(turns).length;
    // A question that was asked and an answer that is whole must outlive a tab that dies this very moment.
    if (state.running !== before.running || count(state) !== count(before)) return void flush();
    const same = state.images === before.images && state.turns === before.turns && state.settings === before.settings;
    if (same && state.current === before.current) return;
    timer ??= setTimeout(() => void flush(), DELAY);
  };
  const unsubscribe = store.subscribe(onChange);
  const onHide = () => void flush();
  const aside = breakOffAside(onHide);
  if (isBehind(stored, store.getState())) void flush();
  addEventListener('pagehide', onHide);
  document.addEventListener('visibilitychange', onHide);
  return {
    flush,
    close() {
      unsubscribe();
      clearTimeout(timer);
      aside.close();
      removeEventListener('pagehide', onHide);
      document.removeEventListener('visibilitychange', onHide);
      void writing.then(() => database.close());
    },
  };
}

function storedOf({ turns }: AppState, { images, turns: ids, settings }: KnownRecords): Stored {
  return { images, turns: new Map(ids.map((id) => [id, turns[id] ?? null])), page: { settings } };
}

function isCleared({ history }: AppState): boolean {
  return history.done.some(({ kind }) => kind === 'clear');
}

/** With what was passed over when the page began, for that to go too. */
function withApart({ images, turns, page }: Stored, { apart }: KnownRecords): Stored {
  const none = (ids: readonly string[]) => ids.map((id) => [id, null] as const);
  return {
    images: new Map([...none(apart.images), ...images]),
    turns: new Map([...none(apart.turns), ...turns]),
    page,
  };
}

/** Whether there is something that is not stored. */
function isBehind({ images, page }: Stored, state: AppState): boolean {
  const isNew = (image: PageImage) =>
    (image.kind === 'own' || image.turns.length > 0) && images.get(image.id) !== image;
  return state.settings !== page.settings || state.images.some(isNew);
}

function keptOf({ images, turns, current, settings }: AppState): Kept {
  let room = MOST_BYTES;
  const newest = images
    .filter(({ kind }) => kind === 'own')
    .slice(-MOST_PICTURES)
    .toReversed()
    .filter(({ blob }) => {
      room -= blob?.size ?? 0;
      return room >= 0;
    });
  const fitting = images.filter((image) => image.kind === 'sample' || newest.includes(image));
  const kept = Object.values(turns)
    .filter((turn) => fitting.some(({ id }) => id === turn.image))
    .slice(-MOST_TURNS);
  return {
    images: new Map(fitting.map((image) => [image.id, image])),
    turns: new Map(kept.map((turn) => [turn.id, turn])),
    page: { order: fitting.map(({ id }) => id), current, settings },
  };
}

function unkeptOf({ images, turns }: AppState, stored: Stored): Unkept {
  return {
    pictures: images.filter(({ id, kind }) => kind === 'own' && !stored.images.has(id)).length,
    answers: Object.keys(turns).filter((id) => !stored.turns.has(id)).length,
  };
}
