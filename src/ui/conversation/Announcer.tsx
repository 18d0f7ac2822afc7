import { type ReactNode, useState } from 'react';
import { useApp } from '../common/app-context.ts';
import * as strings from '../strings.ts';
import { answerLanguage } from './Answer.tsx';
import { noAnswerWords } from './no-answer.ts';
import { spokenOf } from './spoken-parts.ts';
import { turnToSay } from './turn-to-say.ts';

/**
 * Says an answer while it is written to people who hear the page, part by part: word by word it would be noise, and all at
 * the end it would be late. Parts that were said stay as they are, so only new ones are read out.
 */
export function Announcer(): ReactNode {
  // The one that was written last is said to its end, wherever it stands.
  const running = useApp((state) => state.running);
  const [written, setWritten] = useState(running);
  if (running !== null && running !== written) setWritten(running);
  const turn = useApp((state) => turnToSay(state, written));
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
