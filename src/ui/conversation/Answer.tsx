import type { ReactNode } from 'react';
import type { Entity } from '../../kosmos2/grounded-text.ts';
import type { Task, Turn } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { answerStart } from './answer-text.ts';
import { noAnswerWords } from './no-answer.ts';
import { Phrase } from './Phrase.tsx';
import { Scores } from './Scores.tsx';
import { type Segment, segments, stopOf } from './segments.ts';

/** The answer as far as it is written, its phrases as buttons. */
export function Answer({ turn }: { turn: Turn }): ReactNode {
  const { id, task, status, grounded, numbers, scores } = turn;
  if (task.mode === 'choose' && scores) return <Scores choices={task.choices} scores={scores} />;
  if (!grounded) return status === 'reading' ? <p className="answer none">{strings.conversation.reading}</p> : null;
  const none = noAnswerWords(turn);
  if (none !== null) return <p className="answer none">{none}</p>;
  const pieces = segments(grounded, answerStart(task, grounded));
  const numberOf = (entity: Entity) => numbers[entity.index] ?? 0;
  // A phrase that stayed without a box is words like any other.
  const points = ({ entity }: Segment) => entity !== null && (numberOf(entity) > 0 || status === 'writing');
  return (
    <p className="answer" dir="auto" lang={answerLanguage(task)}>
      {pieces.map((piece, index) => {
        const { text, entity } = piece;
        // Pieces only ever grow at the end, so a piece's place is its name.
        const key = entity ? `entity ${entity.index}` : `words ${index}`;
        const [before, after] = [pieces[index - 1], pieces[index + 1]];
        if (!entity || !points(piece)) {
          return <span key={key}>{before && points(before) ? text.slice(stopOf(piece).length) : text}</span>;
        }
        return (
          <span key={key} className="unbroken">
            <Phrase turn={id} entity={entity} text={text} number={numberOf(entity)} />
            {after && stopOf(after)}
          </span>
        );
      })}
      {status === 'writing' && <span className="caret" />}
    </p>
  );
}

/** The model answers in English, whatever language the page speaks; a text that is grounded is the person's own. */
export function answerLanguage({ mode }: Task): 'en' | undefined {
  return mode === 'ground' ? undefined : 'en';
}
