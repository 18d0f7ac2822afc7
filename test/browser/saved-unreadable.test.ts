import { describe, expect, it, vi } from 'vitest';
import type { Database } from '../../src/state/saved/database.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { restore } from '../../src/state/saved/restore.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import type { Turn } from '../../src/state/turn.ts';
import { databaseOf, fresh, IGNORED, NOTHING, own, turn, with1 } from '../support/saved.ts';

const opened = databaseOf('saved-unreadable-test');

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

describe('what a browser keeps and cannot read', () => {
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
});
