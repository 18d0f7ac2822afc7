import { type AppState, imageOf } from '../../state/app-state.ts';
import type { Turn } from '../../state/turn.ts';

/**
 * The turn that people who hear the page are told of: of the picture on the stage the one that is written or was written
 * last, wherever it stands, else the newest that has begun. Also one that is still read: what is said belongs into a region
 * that was there before.
 * @param written the turn that was written last
 */
export function turnToSay(state: AppState, written: string | null): Turn | undefined {
  const begun = imageOf(state)
    .turns.flatMap((id) => state.turns[id] ?? [])
    .filter(({ status }) => status !== 'waiting');
  return begun.find(({ id }) => id === written) ?? begun.at(-1);
}
