import { describe, expect, it } from 'vitest';
import { fakeApp } from './fake-app.ts';

const picture = () => new Blob(['picture'], { type: 'image/png' });

describe('redo', () => {
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
