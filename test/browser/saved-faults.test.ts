import { deleteDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/state/saved/database.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { restore } from '../../src/state/saved/restore.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import type { Turn } from '../../src/state/turn.ts';
import { databaseOf, fresh, IGNORED, NOTHING, own, turn, with1 } from '../support/saved.ts';

const NAME = 'saved-faults-test';
const opened = databaseOf(NAME);

/** The database as it is where the files of these records (`store key`) are lost, as Chrome has it with large values. */
function withoutFiles(real: Database, lost: readonly string[]): Database {
  const unreadable = () => Promise.reject(new DOMException('Failed to read large IndexedDB value', 'NotReadableError'));
  return new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (store: string, ...args: unknown[]) => {
        const isLost =
          name === 'getAll'
            ? lost.some((one) => one.startsWith(store))
            : name === 'get' && lost.includes(`${store} ${args[0]}`);
        return isLost ? unreadable() : value.call(target, store, ...args);
      };
    },
  });
}

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

  it('is passed over where it is damaged, and is gone once the rest is stored again', async () => {
    const store = fresh();
    with1(store);
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const raw = await opened();
    const whole = await raw.get('turns', 't1');
    const value = whole?.value as Turn;
    await raw.put('turns', { id: 't2', value: { ...value, id: 't2', task: { mode: 'constructor' } } });
    await raw.put('turns', { id: 't3', value: { ...value, id: 't3', grounded: { caption: 1, entities: [] } } });
    await raw.put('turns', { id: 't4', value: null });
    await raw.put('images', { id: 'p2', value: { kind: 'own', width: -1 } });
    await raw.put('images', { id: 'p3', value: 'no picture' });
    await raw.put('page', { id: 'page', value: { order: 7 } });
    const again = fresh();
    const known = await restore(again, raw);
    expect(again.getState().images.map(({ id }) => id)).toEqual(['a.png', 'p1']);
    expect(Object.keys(again.getState().turns)).toEqual(['t1']);
    const mended = keepSaved(again, raw, known, IGNORED, IGNORED);
    await mended.flush();
    expect(await raw.getAllKeys('turns')).toEqual(['t1']);
    expect((await raw.getAllKeys('images')).toSorted()).toEqual(['a.png', 'p1']);
  });

  it('is passed over where the browser cannot read it, alone, and is there again once it can', async () => {
    const store = fresh();
    with1(store);
    store.setState(({ images, turns }) => ({
      images: [...images, own('p2', ['t2']), own('p3', ['t3', 't4'])],
      turns: { ...turns, t2: turn('t2', 'p2'), t3: turn('t3', 'p3'), t4: turn('t4', 'p3') },
    }));
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const raw = await opened();
    const lost = ['images p1', 'blobs p2', 'turns t3'];
    const again = fresh();
    const known = await restore(again, withoutFiles(raw, lost));
    expect(again.getState().images.map(({ id }) => id)).toEqual(['a.png', 'p3']);
    expect(Object.keys(again.getState().turns)).toEqual(['t4']);
    const kept = keepSaved(again, raw, known, IGNORED, IGNORED);
    again.setState(({ images, turns }) => ({
      images: images.map((one) => (one.id === 'p3' ? { ...one, turns: [...one.turns, 't5'] } : one)),
      turns: { ...turns, t5: turn('t5', 'p3') },
    }));
    await kept.flush();
    const later = fresh();
    await restore(later, raw);
    const ids = later.getState().images.map(({ id, turns }) => `${id} ${turns.toSorted().join(' ')}`);
    expect(ids.toSorted()).toEqual(['a.png ', 'p1 t1', 'p2 t2', 'p3 t3 t4 t5']);
    expect(Object.keys(later.getState().turns).toSorted()).toEqual(['t1', 't2', 't3', 't4', 't5']);
    kept.close();
  });

  it('is stored on past a sample whose record the browser cannot read', async () => {
    const store = fresh();
    with1(store);
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const raw = await opened();
    const again = fresh();
    const known = await restore(again, withoutFiles(raw, ['images a.png']));
    const get = IDBObjectStore.prototype.get;
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'images' && key === 'a.png') throw new DOMException('lost', 'NotReadableError');
      return get.call(this, key);
    });
    const onFailure = vi.fn();
    const kept = keepSaved(again, raw, known, onFailure, IGNORED);
    again.setState(({ turns }) => ({ turns: { ...turns, t2: turn('t2', 'p1') } }));
    await kept.flush();
    expect(onFailure).not.toHaveBeenCalled();
    expect(await raw.getAllKeys('turns')).toEqual(['t1', 't2']);
    kept.close();
  });

  it('comes back where the record of the page itself cannot be read, and is stored on with that put anew', async () => {
    const store = fresh();
    with1(store);
    store.setState({ current: 'p1', settings: { ...DEFAULT_SETTINGS, temperature: 0.5 } });
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const raw = await opened();
    const again = fresh();
    const known = await restore(again, withoutFiles(raw, ['page page']));
    const { images, turns, current, settings } = again.getState();
    expect(images.map(({ id }) => id)).toEqual(['a.png', 'p1']);
    expect(Object.keys(turns)).toEqual(['t1']);
    expect([current, settings]).toEqual(['a.png', DEFAULT_SETTINGS]);
    const { get, put } = IDBObjectStore.prototype;
    let lost = true;
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'page' && lost) throw new DOMException('lost', 'NotReadableError');
      return get.call(this, key);
    });
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'page') lost = false;
      return put.apply(this, args);
    });
    const onFailure = vi.fn();
    const kept = keepSaved(again, raw, known, onFailure, IGNORED);
    again.setState(({ turns }) => ({ turns: { ...turns, t2: turn('t2', 'p1') } }));
    await kept.flush();
    expect(onFailure).not.toHaveBeenCalled();
    expect(await raw.getAllKeys('turns')).toEqual(['t1', 't2']);
    expect((await raw.get('page', 'page'))?.value).toMatchObject({ current: 'a.png', order: ['a.png', 'p1'] });
    kept.close();
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
