import { describe, expect, it, vi } from 'vitest';
import { numberedMarks } from '../../src/state/marks.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { restore } from '../../src/state/saved/restore.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import { databaseOf, fresh, IGNORED, NOTHING, own, turn, with1 } from '../support/saved.ts';
import { grounded } from '../unit/state/grounded.ts';

const opened = databaseOf('saved-test');

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
});
