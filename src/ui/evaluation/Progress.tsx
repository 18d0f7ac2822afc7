import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import type { Evaluation } from './evaluation-state.ts';

/** How far it is, how fast, and how long it will take. */
export function Progress({ phase, samples, answered, left, keeps, pace }: Evaluation): ReactNode {
  const words = strings.evaluation;
  const asked = samples.length - left;
  // Whoever hears the page is told every tenth: every sample would drown all else.
  const tenth = Math.floor((10 * asked) / samples.length) * 10;
  return (
    <>
      <div role="status">
        {phase === 'reading' && <p>{words.reading}</p>}
        {phase === 'opening' && <p>{words.opening}</p>}
        {phase === 'running' && <p className="visually-hidden">{words.soFar(tenth)}</p>}
        {phase === 'stopped' && answered < samples.length && <p>{words.stopped(answered, samples.length, keeps)}</p>}
        {phase === 'taken' && <p>{words.taken(answered, samples.length, keeps)}</p>}
        {phase === 'done' && <p>{words.done(answered, samples.length)}</p>}
      </div>
      {phase === 'running' && (
        <div>
          <progress value={asked} max={samples.length} aria-label={words.title} />
          <p>{words.running(answered, samples.length, pace === null ? null : pace * left, keeps)}</p>
        </div>
      )}
    </>
  );
}
