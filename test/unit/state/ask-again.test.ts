import { expect, it, vi } from 'vitest';
import { AppError } from '../../../src/protocol/errors.ts';
import type { GenerationEvent } from '../../../src/protocol/generation.ts';
import { imageOf } from '../../../src/state/app-state.ts';
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
