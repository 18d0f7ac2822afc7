import { type AppState, imageOf } from './app-state.ts';
import { isOver } from './turn.ts';

/**
 * Whether nobody waits for a first answer any more: it is over, or there is none to come. Until then a visit's bandwidth
 * and processor belong to it.
 */
export function hasFirstAnswer(state: AppState): boolean {
  if (state.engine.phase !== 'ready') return state.engine.phase === 'failed';
  const turns = Object.values(state.turns);
  if (turns.length > 0) return turns.some(isOver);
  // A scene on the stage is about to be greeted with a caption.
  const { kind, truth, greeted } = imageOf(state);
  return greeted || (kind === 'own' && truth === null);
}
