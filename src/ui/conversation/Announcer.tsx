import type { ReactNode } from 'react';
import { type AppState, imageOf } from '../../state/app-state.ts';
import type { Turn } from '../../state/turn.ts';
import { useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { answerLanguage } from './Answer.tsx';
import { noAnswerWords } from './no-answer.ts';
import { spokenOf } from './spoken-parts.ts';

/**
 * Says an answer while it is written to people who hear the page, part by part: word by word it would be noise, and all at
 * the end it would be late. Parts that were said stay as they are, so only new ones are read out.
 */
export function Announcer(): ReactNode {
  const turn = useApp(newest);
  const parts = turn ? spokenOf(turn) : [];
  const none = turn && noAnswerWords(turn);
  const language = turn && answerLanguage(turn.task);
  return (
    <div key={turn?.id} className="visually-hidden" aria-live="polite" aria-relevant="additions">
      {parts.map((part, index) => {
        // Parts only ever come at the end.
        const key = index;
        return (
          <p key={key} lang={part === none ? undefined : language}>
            {part}
          </p>
        );
      })}
      {turn?.error && <p>{strings.errors.sentence(turn.error)}</p>}
    </div>
  );
}

/** Also one that is still read: what is said belongs into a region that was there before. */
function newest(state: AppState): Turn | undefined {
  return imageOf(state)
    .turns.map((id) => state.turns[id])
    .findLast((turn) => turn && turn.status !== 'waiting');
}
