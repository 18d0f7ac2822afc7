import { Fragment, memo, type ReactNode } from 'react';
import { questionParts } from '../../state/question-region.ts';
import { type Region, type Task, wordsOf } from '../../state/turn.ts';
import { useActions } from '../common/app-context.ts';
import { tagPieces } from '../composer/tag-pieces.ts';
import * as strings from '../strings.ts';
import { RegionChip } from './RegionChip.tsx';

interface Props {
  /** The turn. */
  readonly id: string;
  readonly task: Task;
  /** Whether the answer has boxes. */
  readonly points: boolean;
  /** Whether they stand out on the stage. */
  readonly focus: boolean;
}

/** What was asked: the mode, and the words with the box among them. */
export const Question = memo(function Question({ task, ...tag }: Props): ReactNode {
  return (
    <p className="question" dir="auto">
      <ModeTag mode={task.mode} {...tag} />
      {'region' in task && <RegionChip number={task.region.number} />}
      {task.mode === 'closer' && <> {strings.conversation.closer(task.pixels.width, task.pixels.height)}</>}
      {task.mode === 'ask' && task.regions.length > 0 ? <QuestionWithRegions {...task} /> : <Words task={task} />}
    </p>
  );
});

/** Words as they were typed, the model's tags in them as chips where they count. */
function Words({ task }: { task: Task }): ReactNode {
  // A text that is grounded is its own answer.
  if (task.mode === 'ground' || task.mode === 'others') return null;
  if (task.mode !== 'expert') return wordsOf(task);
  return tagPieces(task.words).map(({ text, tag, at }) =>
    tag ? (
      <mark key={at} className="tag">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}

/** The mode; where the answer has boxes, pressing it shows them before those of the other answers. */
function ModeTag({ id, mode, points, focus }: Omit<Props, 'task'> & { mode: Task['mode'] }): ReactNode {
  const { showTurn } = useActions();
  const words = strings.conversation;
  const said = words.task(mode);
  // In the page's language: what was asked decides alone from which side the line is read.
  if (!points) {
    return (
      <span className="mode-tag" dir="ltr">
        {said}
      </span>
    );
  }
  return (
    <button
      type="button"
      dir="ltr"
      className="mode-tag"
      aria-pressed={focus}
      aria-label={words.showBoxes(mode)}
      onClick={() => showTurn(id)}
    >
      {said}
    </button>
  );
}

function QuestionWithRegions({ words, regions }: { words: string; regions: readonly Region[] }): ReactNode {
  return questionParts(words, regions).map((part, index) => {
    // No two parts are alike in place, and the question never changes.
    const key = index;
    const words = typeof part === 'string' ? part : <RegionChip number={part.number} />;
    const close = index === 0 || (typeof part === 'string' && /^[?.!,;:؟،؛]/.test(part));
    return (
      <Fragment key={key}>
        {close ? '' : ' '}
        {words}
      </Fragment>
    );
  });
}
