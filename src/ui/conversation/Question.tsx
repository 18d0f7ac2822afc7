import type { ReactNode } from 'react';
import { aroundRegion } from '../../state/question-region.ts';
import { type Task, wordsOf } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { RegionChip } from './RegionChip.tsx';

/** What was asked: the mode, and the words with the box among them. */
export function Question({ task }: { task: Task }): ReactNode {
  return (
    <p className="question">
      <span className="mode-tag">{strings.conversation.task(task.mode)}</span>
      {task.mode === 'refer' && <RegionChip number={task.region.number} />}
      {task.mode === 'ask' && task.region ? (
        <QuestionWithRegion words={task.words} number={task.region.number} />
      ) : (
        wordsOf(task)
      )}
    </p>
  );
}

function QuestionWithRegion({ words, number }: { words: string; number: number }): ReactNode {
  const { before, after } = aroundRegion(words);
  return (
    <>
      {before} <RegionChip number={number} />
      {after}
    </>
  );
}
