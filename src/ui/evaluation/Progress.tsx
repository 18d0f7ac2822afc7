import type { ReactNode } from 'react';
import { isAnswered } from '../../evaluation/outcome.ts';
import * as strings from '../all-strings.ts';
import type { Evaluation } from './use-evaluation.ts';

/** How far it is, how fast, and how long it will take. */
export function Progress({ phase, samples, outcomes, count, pace }: Evaluation): ReactNode {
  const words = strings.evaluation;
  const left = samples.length - count;
  return (
    <div role="status">
      {phase === 'reading' && <p>{words.reading}</p>}
      {phase === 'opening' && <p>{words.opening}</p>}
      {phase === 'running' && (
        <>
          <progress value={count} max={samples.length} aria-label={words.title} />
          <p>{words.running(count, samples.length, pace === null ? null : pace * left)}</p>
        </>
      )}
      {phase === 'stopped' && left > 0 && <p>{words.stopped(count, samples.length)}</p>}
      {phase === 'done' && (
        <p>{words.done(samples.filter((one) => isAnswered(one, outcomes)).length, samples.length)}</p>
      )}
    </div>
  );
}
