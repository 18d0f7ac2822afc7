import { describe, expect, it } from 'vitest';
import { type AppState, initialState } from '../../../src/state/app-state.ts';
import { hasFirstAnswer } from '../../../src/state/first-answer.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type TurnStatus } from '../../../src/state/turn.ts';

const begin = initialState([sampleImage('One', './one.png', 4, 3)], 'auto');
const ready: AppState = { ...begin, engine: { phase: 'ready', model: {} as never } };
const shown = (change: Partial<AppState['images'][number]>): AppState => ({
  ...ready,
  images: ready.images.map((image) => ({ ...image, ...change })),
});
const asked = (...statuses: TurnStatus[]): AppState => ({
  ...shown({ greeted: true }),
  turns: Object.fromEntries(
    statuses.map((status, id) => {
      const turn = newTurn(
        String(id),
        './one.png',
        { mode: 'describe' },
        { settings: DEFAULT_SETTINGS, followUp: false },
      );
      return [turn.id, { ...turn, status }];
    }),
  ),
});

describe('the first answer', () => {
  it.each<[string, boolean, AppState]>([
    ['is waited for while the model opens', false, begin],
    [
      'will not come where the model failed',
      true,
      { ...begin, engine: { phase: 'failed', backend: 'auto', error: {} as never } },
    ],
    ['is about to be asked for where a scene is on the stage', false, ready],
    ['will not come of itself for a picture of one’s own', true, shown({ kind: 'own' })],
    ['is not there while it is written', false, asked('writing')],
    ['is not there while another waits behind it', false, asked('reading', 'waiting')],
    ['is there once it is done, also while the next one is written', true, asked('done', 'writing')],
    ['counts where it was stopped', true, asked('stopped')],
    ['counts where it failed', true, asked('failed')],
    ['is not waited for where it was deleted', true, shown({ greeted: true })],
  ])('%s', (_, expected, state) => {
    expect(hasFirstAnswer(state)).toBe(expected);
  });
});
