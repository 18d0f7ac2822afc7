import type { ReactNode } from 'react';
import { firstOverlap } from '../../evaluation/metrics/box-recall.ts';
import type { Outcome } from '../../evaluation/outcome.ts';
import type { Sample } from '../../evaluation/sample.ts';
import * as strings from '../all-strings.ts';
import { failureWords } from './failure-words.ts';

/** What was asked, what is right, and what the model said, in words. */
export function SampleWords({ sample, outcome }: { readonly sample: Sample; readonly outcome: Outcome }): ReactNode {
  const words = strings.evaluation;
  const { id, image, task } = sample;
  const boxes = 'boxes' in sample;
  return (
    <dl className="sample-words">
      <dt>{words.asked}</dt>
      <dd>
        {boxes && (
          <>
            {sample.before !== '' && <span className="before">{sample.before} </span>}
            <strong>{sample.phrase}</strong>
          </>
        )}
        {task === 'answering' && <strong>{sample.question}</strong>}
        {(task === 'captioning' || task === 'naming') && words.tasks[task]}
      </dd>
      <dt className="expected">{words.expected}</dt>
      <dd>
        {boxes && words.boxes(sample.boxes.length)}
        {task === 'answering' && [...new Set(sample.people)].join(', ')}
        {(task === 'captioning' || task === 'naming') && sample.references.join(' · ')}
      </dd>
      <dt className="got">{words.got}</dt>
      <dd>
        {outcome.error ? <span className="bad">{failureWords(outcome.error)}</span> : null}
        {!outcome.error && boxes && words.found(outcome.boxes.length, firstOverlap(outcome.boxes, sample.boxes))}
        {!outcome.error && !boxes && (outcome.answer || words.nothingSaid)}
      </dd>
      <dt>{words.sample}</dt>
      <dd>
        {image}, {id}
      </dd>
    </dl>
  );
}
