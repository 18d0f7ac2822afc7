import type { ReactNode } from 'react';
import { isOver, type Turn } from '../../state/turn.ts';
import { useActions } from '../common/app-context.ts';
import { CopyButton } from '../common/CopyButton.tsx';
import * as strings from '../strings.ts';
import { answerText } from './answer-text.ts';
import { TurnMenu } from './TurnMenu.tsx';

/** The one quiet line below an answer. */
export function TurnFooter({ turn }: { turn: Turn }): ReactNode {
  const { askAgain, openDialog, stop } = useActions();
  const { id, status, timings, finish, memory } = turn;
  const words = strings.conversation;
  const text = isOver(turn) ? answerText(turn) : '';
  return (
    <div className="footer">
      {status === 'waiting' && (
        <button type="button" className="link" onClick={() => stop(id)}>
          {words.cancel}
        </button>
      )}
      {status === 'stopped' && <span>{words.stopped}</span>}
      {status === 'done' && finish && words.finish[finish] !== '' && <span>{words.finish[finish]}</span>}
      {timings && (
        <>
          <span>{words.firstWord(timings.firstToken)}</span>
          {timings.tokensPerSecond > 0 && <span>{words.speed(timings.tokensPerSecond)}</span>}
        </>
      )}
      {turn.original && <span>{words.corrected}</span>}
      {memory && memory.of > 0 && <span>{words.memory(memory.kept, memory.of)}</span>}
      {isOver(turn) && (
        <div className="actions">
          {text !== '' && <CopyButton text={text} label={words.copy} className="link" />}
          {text !== '' && (
            <button type="button" className="link" onClick={() => openDialog({ kind: 'export', turn: id })}>
              {strings.dialog.open.export}
            </button>
          )}
          <button type="button" className="link" onClick={() => askAgain(id)}>
            {words.again}
          </button>
          <TurnMenu turn={turn} />
        </div>
      )}
    </div>
  );
}
