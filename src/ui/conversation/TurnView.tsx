import { memo, type ReactNode, useEffect } from 'react';
import { imageOf } from '../../state/app-state.ts';
import { useApp } from '../common/app-context.ts';
import { late } from '../common/late.tsx';
import * as strings from '../strings.ts';
import { Answer } from './Answer.tsx';
import { layOutApart } from './lay-out-apart.ts';
import { Question } from './Question.tsx';
import { TurnFooter } from './TurnFooter.tsx';

// Only of scenes that a person made is the truth known.
const SceneScore = late(() => import('./SceneScore.tsx'));

/** One question and its answer; a token renders this turn again and no other. */
export const TurnView = memo(function TurnView({ id }: { id: string }): ReactNode {
  const turn = useApp((state) => state.turns[id]);
  const focus = useApp((state) => imageOf(state).focus === id);
  const truth = useApp((state) => imageOf(state).truth);
  const written = turn?.status === 'writing' ? turn.grounded : null;
  useEffect(() => {
    if (written) layOutApart();
  }, [written]);
  if (!turn) return null;
  return (
    <li
      className="turn"
      data-turn={id}
      data-mode={turn.task.mode}
      data-status={turn.status}
      data-focus={focus || undefined}
    >
      <Question id={turn.id} task={turn.task} points={turn.numbers.some((number) => number > 0)} focus={focus} />
      {turn.status === 'waiting' ? <Waiting /> : <Answer turn={turn} />}
      {turn.error && <p className="failure">{strings.errors.sentence(turn.error)}</p>}
      <TurnFooter turn={turn} />
      {truth && <SceneScore turn={turn} truth={truth} />}
    </li>
  );
});

function Waiting(): ReactNode {
  const loading = useApp((state) => state.engine.phase !== 'ready');
  const { waiting, waitingTurn } = strings.conversation;
  return <p className="answer none">{loading ? waiting : waitingTurn}</p>;
}
