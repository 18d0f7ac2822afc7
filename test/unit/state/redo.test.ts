import { describe, expect, it } from 'vitest';
import { boxDeletion } from '../../../src/state/correct.ts';
import { hearEvent } from '../../../src/state/hear-event.ts';
import type { App } from '../../../src/state/store.ts';
import { fakeApp } from './fake-app.ts';
import { grounded } from './grounded.ts';

const picture = () => new Blob(['picture'], { type: 'image/png' });

const newest = ({ store }: App) => Object.values(store.getState().turns).at(-1);

/** Tells the newest turn an answer with two boxes. */
function answer(app: App, words: string): void {
  const boxes = [
    [0, 0, 0.25, 0.25],
    [0.5, 0.5, 0.75, 0.75],
  ] as const;
  const token = { type: 'token', id: 5, text: words, probability: 1, trace: null } as const;
  const said = grounded(words, [{ phrase: words, boxes }]);
  app.store.setState((state) => hearEvent(state, newest(app)?.id ?? '', { ...token, grounded: said }));
  app.store.setState(({ turns }) => ({
    turns: Object.fromEntries(Object.entries(turns).map(([id, turn]) => [id, { ...turn, status: 'done' as const }])),
  }));
}
const remove = (app: App) => app.actions.correct((state) => boxDeletion(state, newest(app)?.id ?? '', 0, 0));

describe('redo', () => {
  it('brings an edited question back with the answer it has got, and with the correction of that', () => {
    const app = fakeApp();
    app.actions.ask({ mode: 'find', words: 'a cat' });
    answer(app, 'a cat');
    app.actions.editTurn(newest(app)?.id ?? '');
    app.actions.edit({ words: 'two pigs' });
    app.actions.send();
    answer(app, 'two pigs');
    remove(app);
    for (const step of ['undo', 'undo', 'redo', 'redo'] as const) app.actions[step]();
    expect(newest(app)).toMatchObject({ status: 'done', grounded: { caption: 'two pigs' } });
    expect(newest(app)?.original).not.toBeNull();
    expect(app.store.getState().images[0]?.boxes).toHaveLength(1);
  });

  it('does not give a question that was asked again the answer of before', () => {
    const app = fakeApp();
    app.actions.ask({ mode: 'caption' });
    answer(app, 'a cat');
    remove(app);
    const id = newest(app)?.id ?? '';
    app.store.setState(({ turns }) => ({
      turns: { ...turns, [id]: { ...turns[id], status: 'failed' } } as typeof turns,
    }));
    app.actions.askAgain(id);
    answer(app, 'two pigs');
    for (const step of ['undo', 'redo'] as const) {
      app.actions[step]();
      expect(newest(app)).toMatchObject({ grounded: { caption: 'two pigs' }, original: null });
      expect(app.store.getState().images[0]?.boxes).toHaveLength(2);
    }
  });

  it('is over with a new question: it would take the question along, and undo not bring it back', () => {
    const { actions, store } = fakeApp();
    actions.ask({ mode: 'caption' });
    actions.clear();
    actions.undo();
    actions.ask({ mode: 'detail' });
    actions.redo();
    expect(Object.values(store.getState().turns).map(({ task }) => task.mode)).toEqual(['caption', 'detail']);
    expect(store.getState().history.told).toBeNull();
    actions.undo();
    expect(Object.values(store.getState().turns)).toHaveLength(2);
  });

  it('is over with a new picture, and is not offered any more', async () => {
    const { actions, store } = fakeApp();
    actions.ask({ mode: 'caption' });
    actions.clear();
    actions.undo();
    expect(store.getState().history.told?.undone).toBe(true);
    await actions.addImages([picture()]);
    expect(store.getState().history.told).toBeNull();
    actions.redo();
    expect(store.getState().images).toHaveLength(3);
  });

  it('of a clearance leaves what came after it, and undo brings back the rest', async () => {
    const { actions, store } = fakeApp();
    const modes = () => Object.values(store.getState().turns).map(({ task }) => task.mode);
    actions.ask({ mode: 'caption' });
    actions.clear();
    actions.ask({ mode: 'detail' });
    await actions.addImages([picture()]);
    actions.undo();
    expect(modes()).toEqual(['caption', 'detail']);
    actions.redo();
    expect(modes()).toEqual(['detail']);
    expect(store.getState().images.map(({ kind, turns }) => [kind, turns.length])).toEqual([
      ['sample', 1],
      ['sample', 0],
      ['own', 0],
    ]);
    actions.undo();
    expect(modes()).toEqual(['caption', 'detail']);
    expect(store.getState().images).toHaveLength(3);
  });

  it('of a removed region takes that out again, and leaves what was removed before it', () => {
    const { actions, store } = fakeApp();
    const regions = () => store.getState().draft.regions.length;
    actions.ask({ mode: 'caption' });
    actions.clear();
    actions.removeRegion(actions.addRegion({ upperLeft: 0, lowerRight: 33 }));
    expect(store.getState().history.told).toEqual({ kind: 'remove-region', undone: false });
    actions.undo();
    expect([regions(), Object.keys(store.getState().turns)]).toEqual([1, []]);
    actions.redo();
    expect(regions()).toBe(0);
  });

  it('still does what was taken back while nothing new was done', () => {
    const { actions, store } = fakeApp();
    actions.ask({ mode: 'caption' });
    actions.clear();
    actions.undo();
    actions.showImage('b.png');
    actions.redo();
    expect(store.getState().turns).toEqual({});
  });
});
