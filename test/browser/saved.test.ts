import { describe, expect, it, vi } from 'vitest';
import { type Change, doChange, redo, undo } from '../../src/state/history.ts';
import { numberedMarks } from '../../src/state/marks.ts';
import type { PageImage } from '../../src/state/page-image.ts';
import { clearance } from '../../src/state/remove.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { type KnownRecords, restore } from '../../src/state/saved/restore.ts';
import { lockedVisits } from '../../src/state/saved/visits.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import type { Turn } from '../../src/state/turn.ts';
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

  it('is gone when the page is left after everything was cleared, what another window was asking too, unless that was taken back; an answer that comes later stays', async () => {
    const store = fresh();
    store.setState(({ images: [sample] }) => ({
      images: [{ ...(sample as PageImage), turns: ['turn-one-1', 'turn-other-1'] }],
      turns: {
        'turn-one-1': turn('turn-one-1', 'a.png'),
        'turn-other-1': turn('turn-other-1', 'a.png', { status: 'waiting' }),
      },
    }));
    const first = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await first.flush();
    const again = fresh();
    const raw = await opened();
    const known = await restore(again, raw, { take: async () => false });
    const second = keepSaved(again, raw, known, IGNORED, IGNORED);
    await second.flush();
    expect(await raw.getAllKeys('turns')).toHaveLength(2);
    again.setState((state) => doChange(state, clearance(state) as Change));
    await second.flush();
    expect(await raw.getAllKeys('turns')).toEqual(['turn-other-1']);
    const leaving = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    again.setState(undo);
    await second.flush();
    expect(await raw.getAllKeys('turns')).toEqual(['turn-one-1', 'turn-other-1']);
    again.setState(redo);
    await second.flush();
    leaving.mockRestore();
    expect(await raw.getAllKeys('turns')).toEqual([]);
    store.setState(({ turns }) => ({ turns: { ...turns, 'turn-other-1': turn('turn-other-1', 'a.png') } }));
    await first.flush();
    again.setState({ settings: { ...DEFAULT_SETTINGS, temperature: 0.5 } });
    await second.flush();
    expect(await raw.getAllKeys('turns')).toContain('turn-other-1');
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

  it('is answered by one window where questions wait, and another keeps them although it does not show them', async () => {
    const store = fresh();
    const [first, second] = ['turn-k9-1', 'turn-k9-2'] as const;
    store.setState(({ images }) => ({
      images: [...images, own('p1', [first, second])],
      turns: {
        [first]: turn(first, 'p1', { status: 'writing' }),
        [second]: turn(second, 'p1', { status: 'waiting' }),
      },
    }));
    const keeper = keepSaved(store, await opened(), NOTHING, IGNORED, IGNORED);
    await keeper.flush();
    keeper.close();
    const raw = await opened();
    const windows = [fresh(), fresh()].map((page) => ({ page, visits: lockedVisits() }));
    const known = await Promise.all(windows.map(({ page, visits }) => restore(page, raw, visits)));
    const shown = windows.map(({ page }) => Object.keys(page.getState().turns));
    expect(shown.toSorted()).toEqual([[], [first, second]]);

    const other = shown.findIndex((ids) => ids.length === 0);
    const { page } = windows[other] as (typeof windows)[number];
    const kept = keepSaved(page, raw, known[other] as KnownRecords, IGNORED, IGNORED);
    page.setState(({ images }) => ({
      images: images.map((one) => (one.id === 'p1' ? { ...one, turns: ['turn-ka-1'] } : one)),
      turns: { 'turn-ka-1': turn('turn-ka-1', 'p1') },
    }));
    await kept.flush();
    for (const { visits } of windows) visits.close();
    const later = fresh();
    const laterVisits = lockedVisits();
    await restore(later, raw, laterVisits);
    expect(Object.keys(later.getState().turns)).toEqual([first, second, 'turn-ka-1']);
    laterVisits.close();
    kept.close();
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
});
