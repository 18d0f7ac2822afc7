import { expect, it, vi } from 'vitest';
import { AppError } from '../../../src/protocol/errors.ts';
import type { GenerationEvent } from '../../../src/protocol/generation.ts';
import { imageOf } from '../../../src/state/app-state.ts';
import { renaming } from '../../../src/state/correct.ts';
import { fakeApp } from './fake-app.ts';
import { grounded } from './grounded.ts';

const FIRST = [0, 0, 0.25, 0.25] as const;
const SECOND = [0.5, 0.5, 0.75, 0.75] as const;

it('an answer asked again after a failure has its own boxes on the stage, none of the try that failed', async () => {
  let tries = 0;
  const { actions, store } = fakeApp({
    async *generate() {
      const box = ++tries === 1 ? FIRST : SECOND;
      const text = grounded('a pig', [{ phrase: 'a pig', boxes: [box] }]);
      yield {
        type: 'token',
        id: 1,
        text: '',
        probability: 1,
        trace: null,
        grounded: text,
      } as unknown as GenerationEvent;
      if (tries === 1) throw new AppError('WORKER_LOST', 'The worker is gone.');
      yield { type: 'result', result: { grounded: text, finish: 'eos', timings: null } } as unknown as GenerationEvent;
    },
  });
  await actions.addImages([new Blob(['picture'], { type: 'image/png' })]);
  await actions.open();
  actions.ask({ mode: 'find', words: 'a pig' });
  const only = () => Object.values(store.getState().turns)[0];
  await vi.waitFor(() => expect(only()?.status).toBe('failed'));
  expect(imageOf(store.getState()).boxes.map(({ box }) => box)).toEqual([FIRST]);
  actions.askAgain(only()?.id ?? '');
  await vi.waitFor(() => expect(only()?.status).toBe('done'));
  expect(imageOf(store.getState()).boxes.map(({ box }) => box)).toEqual([SECOND]);
  expect(only()?.numbers).toEqual([1]);
});

/** An app whose only question has failed after its first words, with an engine that waits at the words of the next try. */
async function failedOnce() {
  let tries = 0;
  const text = grounded('a pig', [{ phrase: 'a pig', boxes: [FIRST] }]);
  const token = { type: 'token', id: 1, text: '', probability: 1, trace: null, grounded: text } as GenerationEvent;
  const app = fakeApp({
    async *generate(_request, signal) {
      yield token;
      if (++tries === 1) throw new AppError('WORKER_LOST', 'The worker is gone.');
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
    },
  });
  await app.actions.addImages([new Blob(['picture'], { type: 'image/png' })]);
  await app.actions.open();
  app.actions.ask({ mode: 'find', words: 'a pig' });
  const turns = () => Object.values(app.store.getState().turns);
  await vi.waitFor(() => expect(turns()[0]?.status).toBe('failed'));
  return { ...app, turns, id: turns()[0]?.id ?? '' };
}

it('a question that is asked again while it is edited is stopped when the edited one is sent', async () => {
  const { actions, store, turns, id } = await failedOnce();
  actions.editTurn(id);
  actions.askAgain(id);
  await vi.waitFor(() => expect(turns()[0]?.status).toBe('writing'));
  actions.edit({ words: 'a cow' });
  actions.send();
  await vi.waitFor(() => expect(turns()).toMatchObject([{ task: { words: 'a cow' }, status: 'writing' }]));
  expect(store.getState().running).toBe(turns()[0]?.id);
  actions.undo();
  expect(turns()).toMatchObject([{ task: { words: 'a pig' }, status: 'stopped' }]);
});

it('an answer that is asked again is corrected no more, and not before it is over', async () => {
  const { actions, store, turns, id } = await failedOnce();
  actions.startCorrecting(id);
  expect(store.getState().correcting?.turn).toBe(id);
  actions.askAgain(id);
  expect(store.getState().correcting).toBeNull();
  await vi.waitFor(() => expect(turns()[0]?.status).toBe('writing'));
  expect(renaming(store.getState(), id, 0, 'a cow')).toBeNull();
  actions.stop(id);
  expect(renaming(store.getState(), id, 0, 'a cow')).not.toBeNull();
});
