import { expect, it } from 'vitest';
import { initialState } from '../../../src/state/app-state.ts';
import { sampleImage } from '../../../src/state/page-image.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { newTurn, type TurnStatus } from '../../../src/state/turn.ts';
import { turnToSay } from '../../../src/ui/conversation/turn-to-say.ts';

function withTurns(...statuses: readonly TurnStatus[]) {
  const state = initialState([sampleImage('a', 'a.png', 1, 1)], 'auto');
  const turns = statuses.map((status, index) => ({
    ...newTurn(`t${index}`, 'a.png', { mode: 'caption' }, { settings: DEFAULT_SETTINGS, followUp: false }),
    status,
  }));
  const images = state.images.map((image) => ({ ...image, turns: turns.map(({ id }) => id) }));
  return { ...state, images, turns: Object.fromEntries(turns.map((turn) => [turn.id, turn])) };
}

it('an answer is said while it is written and when it is over, also one that is not the last', () => {
  expect(turnToSay(withTurns('writing', 'done'), 't0')?.id).toBe('t0');
  expect(turnToSay(withTurns('done', 'done'), 't0')?.id).toBe('t0');
  expect(turnToSay(withTurns('failed', 'done', 'waiting'), 't0')?.id).toBe('t0');
});

it('where none of this picture was written last, it is the newest that has begun', () => {
  for (const written of [null, 'of another picture'])
    expect(turnToSay(withTurns('done', 'stopped', 'waiting'), written)?.id).toBe('t1');
  expect(turnToSay(withTurns('waiting'), null)).toBeUndefined();
});
