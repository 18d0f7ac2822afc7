import type { ReactNode } from 'react';
import { type AppState, imageOf } from '../../state/app-state.ts';
import { isOver, type Turn } from '../../state/turn.ts';
import { useApp } from '../common/app-context.ts';
import { answerText } from './answer-text.ts';

/** Says a finished answer once to people who hear the page; word by word it would be noise. */
export function Announcer(): ReactNode {
  const turn = useApp(lastOver);
  return (
    <div className="visually-hidden" aria-live="polite">
      {turn && (turn.error?.message ?? answerText(turn))}
    </div>
  );
}

function lastOver(state: AppState): Turn | undefined {
  return imageOf(state)
    .turns.map((id) => state.turns[id])
    .findLast((turn) => turn && isOver(turn));
}
