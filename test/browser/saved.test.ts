import { deleteDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type AppState, initialState } from '../../src/state/app-state.ts';
import { numberedMarks } from '../../src/state/marks.ts';
import { newImage, type PageImage, sampleImage } from '../../src/state/page-image.ts';
import { type Database, openDatabase } from '../../src/state/saved/database.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { restore } from '../../src/state/saved/restore.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import { newTurn, type Turn } from '../../src/state/turn.ts';
import { grounded } from '../unit/state/grounded.ts';

const NAME = 'saved-test';
const NOTHING = { images: new Map(), turns: [], settings: DEFAULT_SETTINGS };
const IGNORED = () => {};
let database: Database | null = null;

async function opened(): Promise<Database> {
  database = await openDatabase(NAME);
  if (!database) throw new Error('this browser has no IndexedDB');
  return database;
}

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  database?.close();
  await deleteDB(NAME);
});

const fresh = () => createStore<AppState>(() => initialState([sampleImage('a', 'a.png', 10, 10)], 'auto'));
const turn = (id: string, image: string, change: Partial<Turn> = {}): Turn => ({
  ...newTurn(id, image, { mode: 'find', words: 'a cat' }, { settings: DEFAULT_SETTINGS, followUp: false }),
  status: 'done',
  ...change,
});
const own = (id: string, turns: readonly string[] = []): PageImage => {
  const blob = new Blob([id], { type: 'image/png' });
  return { ...newImage({ id, kind: 'own', name: id, url: 'blob:x', blob, width: 9, height: 9 }), turns };
};
const with1 = (store: ReturnType<typeof fresh>) =>
  store.setState(({ images }) => ({ images: [...images, own('p1', ['t1'])], turns: { t1: turn('t1', 'p1') } }));

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

describe('what a browser keeps', () => {
  it('comes back as it was, pictures byte by byte, answers under way as stopped, waiting ones as waiting', async () => {
    const store = fresh();
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    const trace = { alternatives: [], corner: null, locations: new Float32Array(1024).fill(0.5) };
    const tokens = [{ id: 7, text: ' a', probability: 0.5, trace }];
    store.setState(({ images }) => ({
      images: [...images, own('p1', ['t1', 't2', 't3'])],
      turns: {
        t1: turn('t1', 'p1', { tokens }),
        t2: turn('t2', 'p1', { status: 'writing' }),
        t3: turn('t3', 'p1', { status: 'waiting' }),
      },
      settings: { ...DEFAULT_SETTINGS, temperature: 0.5 },
      current: 'p1',
    }));
    await keeper.flush();
    const again = fresh();
    await restore(again, await opened());
    const { images, turns, settings, current } = again.getState();
    expect(turns.t1).toEqual(store.getState().turns.t1);
    expect([turns.t2?.status, turns.t3?.status]).toEqual(['stopped', 'waiting']);
    expect(await images[1]?.blob?.text()).toBe('p1');
    expect([settings.temperature, current]).toEqual([0.5, 'p1']);
    keeper.close();
  });

  it('has its boxes where the answers have them, whichever window corrected one, and what waits can be stopped at once', async () => {
    const store = fresh();
    const answer = grounded('a cat', [{ phrase: 'a cat', boxes: [[0, 0, 0.2, 0.2]] }]);
    const told = { ...turn('t1', 'p1'), grounded: answer, numbers: [3] };
    const waiting = { status: 'waiting' } as const;
    store.setState(({ images }) => ({
      images: [...images, { ...own('p1', ['t1', 't2', 't3']), boxes: numberedMarks('t1', answer, [3]) }],
      turns: { t1: told, t2: turn('t2', 'p1', waiting), t3: turn('t3', 'p1', waiting) },
    }));
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const raw = await opened();
    const [entity] = answer.entities;
    await raw.put('turns', {
      id: 't1',
      value: { ...told, grounded: { ...answer, entities: [{ ...entity, boxes: [] }] } },
    });
    const again = fresh();
    await restore(again, raw);
    expect(again.getState().images[1]?.boxes).toEqual([]);
    expect(again.getState().batch).toEqual(['t2', 't3']);
    await raw.put('turns', { id: 't1', value: told });
    const moreover = fresh();
    await restore(moreover, raw);
    expect(moreover.getState().images[1]?.boxes).toEqual(store.getState().images[1]?.boxes);
  });

  it('stays, and comes before what was asked while it was being read; what was chosen meanwhile counts', async () => {
    const answer = grounded('a cat', [{ phrase: 'a cat', boxes: [[0, 0, 0.2, 0.2]] }]);
    const other = grounded('a dog', [{ phrase: 'a dog', boxes: [[0.5, 0.5, 0.9, 0.9]] }]);
    const told = (id: string, text: typeof answer) => turn(id, 'a.png', { grounded: text, numbers: [1] });
    const asked = (store: ReturnType<typeof fresh>, id: string, text: typeof answer) =>
      store.setState(({ images }) => ({
        images: images.map((one) => ({ ...one, turns: [id], boxes: numberedMarks(id, text, [1]) })),
        turns: { [id]: told(id, text) },
      }));
    const store = fresh();
    with1(store);
    asked(store, 't2', answer);
    store.setState({ current: 'p1' });
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();

    const again = fresh();
    asked(again, 't3', other);
    again.setState({ settings: { ...DEFAULT_SETTINGS, temperature: 0.5 } });
    const raw = await opened();
    const kept = keepSaved(again, raw, await restore(again, raw), IGNORED, IGNORED);
    await kept.flush();
    const { images, turns, current, settings } = again.getState();
    expect(images[0]?.turns).toEqual(['t2', 't3']);
    expect(images[0]?.boxes.map(({ turn: id, number }) => [id, number])).toEqual([
      ['t2', 1],
      ['t3', 2],
    ]);
    expect([turns.t2?.numbers, turns.t3?.numbers]).toEqual([[1], [2]]);
    expect([current, settings.temperature]).toEqual(['a.png', 0.5]);
    expect((await raw.getAllKeys('turns')).toSorted()).toEqual(['t2', 't3']);
    kept.close();
    const next = fresh();
    await restore(next, await opened());
    expect(next.getState().images[0]?.turns).toEqual(['t2', 't3']);
    expect(next.getState().settings.temperature).toBe(0.5);
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

  it('is of all windows together: none takes the answers of another away', async () => {
    const store = fresh();
    with1(store);
    const first = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await first.flush();
    const other = fresh();
    const second = keepSaved(other, await opened(), await restore(other, await opened()), IGNORED, IGNORED);
    const add = (to: typeof store, id: string) =>
      to.setState(({ images, turns }) => ({
        turns: { ...turns, [id]: turn(id, 'p1') },
        images: images.map((one) => (one.id === 'p1' ? { ...one, turns: [...one.turns, id] } : one)),
      }));
    add(store, 't2');
    await first.flush();
    add(other, 't3');
    await second.flush();
    add(store, 't4');
    await first.flush();
    store.setState(({ images, turns: { t1: _, ...turns } }) => ({
      turns,
      images: images.map((one) => ({ ...one, turns: one.turns.filter((id) => id !== 't1') })),
    }));
    await first.flush();
    add(other, 't5');
    await second.flush();
    const again = fresh();
    await restore(again, await opened());
    expect(again.getState().images[1]?.turns.toSorted()).toEqual(['t2', 't3', 't4', 't5']);
    first.close();
    second.close();
  });

  it('keeps the answer and the settings of one window from another that is behind', async () => {
    const store = fresh();
    with1(store);
    const set = (to: typeof store, change: Partial<Turn>) =>
      to.setState(({ turns }) => ({ turns: { ...turns, t1: { ...(turns.t1 as Turn), ...change } } }));
    set(store, { status: 'waiting' });
    const first = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await first.flush();
    const other = fresh();
    const second = keepSaved(other, await opened(), await restore(other, await opened()), IGNORED, IGNORED);
    const stored = async () => {
      const again = fresh();
      await restore(again, await opened());
      const { turns, settings } = again.getState();
      return [turns.t1?.status, turns.t1?.finish, settings.temperature];
    };
    set(store, { status: 'done', finish: 'eos' });
    store.setState({ settings: { ...DEFAULT_SETTINGS, temperature: 0.5 } });
    await first.flush();
    for (const status of ['writing', 'stopped'] as const) {
      set(other, { status });
      await second.flush();
      expect(await stored()).toEqual(['done', 'eos', 0.5]);
    }
    // Its own answer and its own choice count.
    set(other, { status: 'done', finish: 'length' });
    other.setState({ settings: { ...DEFAULT_SETTINGS, temperature: 0.7 } });
    await second.flush();
    expect(await stored()).toEqual(['done', 'length', 0.7]);
    first.close();
    second.close();
  });

  it('has the questions in the order in which they were asked, about whichever picture', async () => {
    const store = fresh();
    const ids = ['turn-k9-2', 'turn-k9-10', 'turn-ka-1'];
    const [first = '', second = '', third = ''] = ids;
    store.setState(({ images }) => ({
      images: [...images.map((one) => ({ ...one, turns: [second] })), own('p1', [first, third])],
      turns: { [first]: turn(first, 'p1'), [second]: turn(second, 'a.png'), [third]: turn(third, 'p1') },
    }));
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const again = fresh();
    await restore(again, await opened());
    expect(Object.keys(again.getState().turns)).toEqual(ids);
  });

  it('has the whole picture and conversation again where another window removed them and this one asks on', async () => {
    const store = fresh();
    with1(store);
    const first = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await first.flush();
    const other = fresh();
    const second = keepSaved(other, await opened(), await restore(other, await opened()), IGNORED, IGNORED);
    store.setState(({ images }) => ({ images: images.slice(0, 1), turns: {} }));
    await first.flush();
    other.setState(({ images, turns }) => ({
      turns: { ...turns, t2: turn('t2', 'p1', { status: 'writing' }) },
      images: images.map((one) => (one.id === 'p1' ? { ...one, turns: ['t1', 't2'] } : one)),
    }));
    await second.flush();
    const again = fresh();
    await restore(again, await opened());
    expect(await again.getState().images[1]?.blob?.text()).toBe('p1');
    expect(Object.keys(again.getState().turns)).toEqual(['t1', 't2']);
    // Also while an answer grows without a box.
    const raw = await opened();
    await Promise.all((['images', 'blobs', 'turns'] as const).map((name) => raw.clear(name)));
    other.setState(({ turns }) => ({ turns: { ...turns, t2: turn('t2', 'p1') } }));
    await second.flush();
    expect((await raw.getAllKeys('turns')).toSorted()).toEqual(['t1', 't2']);
    expect(await raw.getAllKeys('blobs')).toEqual(['p1']);
    first.close();
    second.close();
  });

  it('is bounded: the newest hundred pictures; that there are more is told once, and how many', async () => {
    const store = fresh();
    const onUnkept = vi.fn();
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, onUnkept);
    const many = Array.from({ length: 103 }, (_, index) => own(`p${index}`));
    store.setState(({ images }) => ({ images: [...images, ...many] }));
    await keeper.flush();
    const keys = await (await opened()).getAllKeys('blobs');
    expect(keys).toHaveLength(100);
    expect(keys).not.toContain('p2');
    expect(store.getState().unkept).toEqual({ pictures: 3, answers: 0 });
    store.setState(({ images }) => ({ images: [...images, own('p103')] }));
    await keeper.flush();
    expect(onUnkept).toHaveBeenCalledTimes(1);
    store.setState(({ images }) => ({ images: images.slice(0, 90) }));
    await keeper.flush();
    expect(store.getState().unkept).toEqual({ pictures: 0, answers: 0 });
    expect(onUnkept).toHaveBeenCalledTimes(1);
    keeper.close();
  });

  it('is told about once when the disk is full, and stored when there is room again', async () => {
    const real = await opened();
    let full = true;
    const failing = new Proxy(real, {
      get(target, name) {
        if (name === 'transaction' && full) throw new DOMException('no room', 'QuotaExceededError');
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
