import { deleteDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/state/saved/database.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { restore } from '../../src/state/saved/restore.ts';
import type { Turn } from '../../src/state/turn.ts';
import { databaseOf, fresh, IGNORED, NOTHING, own, turn, with1 } from '../support/saved.ts';

const NAME = 'saved-faults-test';
const opened = databaseOf(NAME);

/** As a browser tells a page that it is put aside, and that it is back. */
const pageIs = (what: 'pagehide' | 'pageshow') => dispatchEvent(new PageTransitionEvent(what, { persisted: true }));

describe('what a browser keeps', () => {
  it('waits while the page is put aside, where a write under way is broken off, and is stored when the page is back', async () => {
    const store = fresh();
    const failures: unknown[] = [];
    const database = await opened();
    const keeper = keepSaved(store, database, NOTHING, (thrown) => failures.push(thrown), IGNORED);
    try {
      const { transaction } = database;
      const begun: Promise<string>[] = [];
      vi.spyOn(database, 'transaction').mockImplementation(((...args: Parameters<typeof transaction>) => {
        const one = transaction.apply(database, args);
        // Whether blobs can be stored is tried before, in one of its own.
        if (typeof args[0] === 'string') return one;
        if (begun.length === 0) queueMicrotask(() => pageIs('pagehide'));
        begun.push(
          one.done.then(
            () => 'stored',
            () => 'broken off',
          ),
        );
        return one;
      }) as typeof transaction);
      with1(store);
      const writing = keeper.flush();
      await vi.waitFor(() => expect(begun).toHaveLength(1));
      store.setState(({ turns }) => ({ turns: { ...turns, t2: turn('t2', 'p1') } }));
      await Promise.all([writing, keeper.flush()]);
      expect(await Promise.all(begun)).toEqual(['broken off']);
      pageIs('pageshow');
      await keeper.flush();
      expect((await database.getAllKeys('turns')).toSorted()).toEqual(['t1', 't2']);
      expect(failures).toEqual([]);
    } finally {
      keeper.close();
    }
  });

  it('holds a picture’s bytes where the browser stores no blobs, which no transaction beside anything else may find out', async () => {
    const database = await opened();
    const beside: number[] = [];
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (!(value instanceof Blob)) return put.call(this, value, key);
      beside.push(this.transaction.objectStoreNames.length - 1);
      throw new DOMException('Error preparing Blob/File data to be stored in object store', 'UnknownError');
    });
    const store = fresh();
    with1(store);
    const failures: unknown[] = [];
    const keeper = keepSaved(store, database, NOTHING, (thrown) => failures.push(thrown), IGNORED);
    await keeper.flush();
    store.setState(({ images }) => ({ images: [...images, own('p2')] }));
    await keeper.flush();
    keeper.close();
    expect(failures).toEqual([]);
    expect(beside).toEqual([0]);
    const again = fresh();
    await restore(again, await opened());
    const blobs = again.getState().images.flatMap(({ blob }) => blob ?? []);
    expect(blobs.map(({ type }) => type)).toEqual(['image/png', 'image/png']);
    expect(await Promise.all(blobs.map((blob) => blob.text()))).toEqual(['p1', 'p2']);
  });

  it('is not waited for where the database says nothing', async () => {
    const silent = new Proxy(await opened(), { get: () => () => new Promise(() => {}) });
    vi.useFakeTimers();
    try {
      const refused = expect(restore(fresh(), silent)).rejects.toThrow('The database has not answered for 15 seconds.');
      await vi.advanceTimersByTimeAsync(15_000);
      await refused;
    } finally {
      vi.useRealTimers();
    }
  });

  it('is told about once when the disk is full, and stored when there is room again', async () => {
    const real = await opened();
    let full = true;
    const failing = new Proxy(real, {
      get(target, name) {
        // Whether blobs can be stored is tried with `put`.
        if ((name === 'transaction' || name === 'put') && full) throw new DOMException('no room', 'QuotaExceededError');
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const onFailure = vi.fn();
    const store = fresh();
    const keeper = keepSaved(store, failing, NOTHING, onFailure, IGNORED);
    with1(store);
    await keeper.flush();
    await keeper.flush();
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(store.getState().unkept).toEqual({ pictures: 1, answers: 1 });
    full = false;
    await keeper.flush();
    expect(store.getState().unkept).toEqual({ pictures: 0, answers: 0 });
    expect(await real.getAllKeys('turns')).toEqual(['t1']);
    keeper.close();
  });

  it.each(['images', 'blobs'])(
    'is told with what the database itself failed of where putting %s fails',
    async (name) => {
      const real = await opened();
      await real.put('blobs', new Blob(['x']), 'there');
      await real.put('images', { id: 'there', value: null });
      const put = IDBObjectStore.prototype.put;
      // A request that fails by itself and ends the transaction, as one on a full disk does in Safari and Firefox.
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
        if (this.name !== name) return put.apply(this, args);
        return name === 'images' ? this.add({ id: 'there' }) : this.add(new Blob(['y']), 'there');
      });
      const unhandled = vi.fn((event: PromiseRejectionEvent) => event.preventDefault());
      addEventListener('unhandledrejection', unhandled);
      const onFailure = vi.fn();
      const store = fresh();
      const keeper = keepSaved(store, real, NOTHING, onFailure, IGNORED);
      with1(store);
      await keeper.flush();
      await new Promise((resolve) => setTimeout(resolve, 50));
      removeEventListener('unhandledrejection', unhandled);
      expect(onFailure.mock.calls.map(([thrown]) => thrown.name)).toEqual(['ConstraintError']);
      expect(unhandled).not.toHaveBeenCalled();
      keeper.close();
    },
  );

  it('is stored as a whole or not at all where the page itself fails in the middle', async () => {
    const onFailure = vi.fn();
    const store = fresh();
    const keeper = keepSaved(store, await opened(), NOTHING, onFailure, IGNORED);
    with1(store);
    // No database takes a function.
    const broken = { ...turn('t2', 'p1'), task: () => {} } as unknown as Turn;
    store.setState(({ turns }) => ({ turns: { ...turns, t2: broken } }));
    await keeper.flush();
    expect(onFailure.mock.calls.map(([thrown]) => thrown.name)).toEqual(['DataCloneError']);
    expect(await (await opened()).getAllKeys('images')).toEqual([]);
    keeper.close();
  });

  it('is stored on where the browser drops the database, and nothing is told', async () => {
    const real = await opened();
    const onFailure = vi.fn();
    const store = fresh();
    const keeper = keepSaved(store, real, NOTHING, onFailure, IGNORED);
    // Every use of it throws InvalidStateError from now on, as after a connection that was lost.
    real.close();
    with1(store);
    await keeper.flush();
    const raw = await opened();
    expect(await raw.getAllKeys('turns')).toEqual(['t1']);
    store.setState(({ turns }) => ({ turns: { ...turns, t2: turn('t2', 'p1') } }));
    await keeper.flush();
    expect(await raw.getAllKeys('turns')).toEqual(['t1', 't2']);
    expect(onFailure).not.toHaveBeenCalled();
    keeper.close();
  });

  it('makes way for another page for good: a database that was given up is not opened again', async () => {
    const onFailure = vi.fn();
    const store = fresh();
    const keeper = keepSaved(store, await opened(), NOTHING, onFailure, IGNORED);
    await deleteDB(NAME);
    with1(store);
    await keeper.flush();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(NAME);
    expect(onFailure).toHaveBeenCalledTimes(1);
    keeper.close();
  });

  it('is nothing where the browser keeps nothing', async () => {
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('not here', 'SecurityError');
      },
    });
    expect(await openDatabase(NAME)).toBeNull();
  });
});
