import { describe, expect, it, vi } from 'vitest';
import { type Change, doChange, redo, undo } from '../../src/state/history.ts';
import type { PageImage } from '../../src/state/page-image.ts';
import { clearance } from '../../src/state/remove.ts';
import { keepSaved } from '../../src/state/saved/keep.ts';
import { type KnownRecords, restore } from '../../src/state/saved/restore.ts';
import { lockedVisits } from '../../src/state/saved/visits.ts';
import { DEFAULT_SETTINGS } from '../../src/state/settings.ts';
import type { Turn } from '../../src/state/turn.ts';
import { databaseOf, fresh, IGNORED, NOTHING, own, turn, with1 } from '../support/saved.ts';

const opened = databaseOf('saved-windows-test');

describe('what a browser keeps of several windows', () => {
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
});
