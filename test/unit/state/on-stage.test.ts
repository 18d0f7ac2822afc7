import { beforeEach, describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { App } from '../../../src/state/store.ts';
import type { Region } from '../../../src/state/turn.ts';
import { fakeApp } from './fake-app.ts';

const REGION = { number: 1, patches: { upperLeft: 0, lowerRight: 33 }, box: unitBox(0, 0, 0.1, 0.1) };
const OTHER = { number: 1, patches: { upperLeft: 66, lowerRight: 99 }, box: unitBox(0.1, 0.1, 0.2, 0.2) };
let app: App;

/** A region of the question, selected, on the picture that is on the stage. */
function draw(region = REGION): void {
  app.actions.edit({ regions: [region] });
  app.store.setState({ picked: 1, correcting: { turn: 'any', fresh: null, words: '' } });
}

const current = () => app.store.getState().current;
/** Nothing is selected or corrected, and these are the regions of the question. */
const expectOnly = (...regions: readonly Region[]) => {
  const { draft, picked, correcting } = app.store.getState();
  expect({ regions: draft.regions, picked, correcting }).toEqual({ regions, picked: null, correcting: null });
};

beforeEach(async () => {
  app = fakeApp();
  await app.actions.addImages([new Blob(['picture'], { type: 'image/png' })]);
});

describe('regions of a question', () => {
  it('never come to another picture where one is removed, or brought back', () => {
    const own = current();
    draw();
    app.actions.removeImage(own);
    expect(current()).toBe('b.png');
    expectOnly();
    draw(OTHER);
    app.actions.undo();
    expect(current()).toBe(own);
    expectOnly(REGION);
  });

  it('never come to another picture where everything is cleared, or brought back', () => {
    const own = current();
    draw();
    app.actions.clear();
    expect(current()).toBe('a.png');
    expectOnly();
    draw(OTHER);
    app.actions.undo();
    expect(current()).toBe(own);
    expectOnly(REGION);
  });

  it('never come to another picture where an answer about that is brought back', () => {
    const own = current();
    app.actions.ask({ mode: 'caption' });
    app.actions.deleteTurn(Object.keys(app.store.getState().turns)[0] ?? '');
    app.actions.showImage('a.png');
    draw(OTHER);
    app.actions.undo();
    expect(current()).toBe(own);
    expectOnly();
  });

  it('wait for their picture while another is on the stage', () => {
    const own = current();
    draw();
    app.actions.showImage('a.png');
    expectOnly();
    draw(OTHER);
    app.actions.showImage(own);
    expectOnly(REGION);
    app.actions.showImage('a.png');
    expectOnly(OTHER);
  });

  it('stay where the picture stays', () => {
    app.actions.ask({ mode: 'caption' });
    draw();
    app.actions.deleteTurn(Object.keys(app.store.getState().turns)[0] ?? '');
    app.actions.undo();
    app.actions.showImage(current());
    expect(app.store.getState().draft.regions).toEqual([REGION]);
  });
});
