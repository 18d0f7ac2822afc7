import type { AppState } from './app-state.ts';
import { changeImage } from './change.ts';
import { onStage } from './on-stage.ts';
import { isOver, type Turn } from './turn.ts';

/** Whether an answer has something to correct: words whose places are known or can be drawn. */
export function canCorrect(turn: Turn): boolean {
  return isOver(turn) && turn.grounded !== null;
}

/** The answer being corrected on the stage; null while none is. */
export function correctedTurn({ correcting, turns, current }: AppState): Turn | null {
  const turn = correcting ? turns[correcting.turn] : undefined;
  return turn && turn.image === current && canCorrect(turn) ? turn : null;
}

/** The state with an answer on the stage to be corrected, or with none any more. */
export function correctingState(state: AppState, turnId: string | null): Partial<AppState> {
  const turn = state.turns[turnId ?? ''];
  if (!turn || !canCorrect(turn)) return { correcting: null, selected: null };
  const { selected } = state;
  const chosen = selected?.turn === turn.id && selected.index !== null ? selected : null;
  return {
    ...onStage(state, turn.image),
    correcting: { turn: turn.id, fresh: null, words: '' },
    selected: chosen,
    dialog: null,
    ...changeImage(state, turn.image, { focus: turn.id }),
  };
}
