import { Fragment, type ReactNode } from 'react';
import { questionParts } from '../../state/question-region.ts';
import { type Region, type Task, wordsOf } from '../../state/turn.ts';
import * as strings from '../strings.ts';
import { RegionChip } from './RegionChip.tsx';

/** What was asked: the mode, and the words with the box among them. */
export function Question({ task }: { task: Task }): ReactNode {
  return (
    <p className="question">
      <span className="mode-tag">{strings.conversation.task(task.mode)}</span>
      {task.mode === 'refer' && <RegionChip number={task.region.number} />}
      {task.mode === 'ask' && task.regions.length > 0 ? <QuestionWithRegions {...task} /> : wordsOf(task)}
    </p>
  );
}

function QuestionWithRegions({ words, regions }: { words: string; regions: readonly Region[] }): ReactNode {
  return questionParts(words, regions).map((part, index) => {
    // No two parts are alike in place, and the question never changes.
    const key = index;
    const words = typeof part === 'string' ? part : <RegionChip number={part.number} />;
    const close = index === 0 || (typeof part === 'string' && /^[?.!,;:]/.test(part));
    return (
      <Fragment key={key}>
        {close ? '' : ' '}
        {words}
      </Fragment>
    );
  });
}
