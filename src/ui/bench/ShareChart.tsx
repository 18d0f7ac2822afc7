import type { ReactNode } from 'react';
import type { BenchRow } from '../../protocol/bench.ts';
import * as strings from '../all-strings.ts';

/** Bars of how close each stage comes to its ceiling, from nothing to all of it. */
export function ShareChart({ rows }: { readonly rows: readonly BenchRow[] }): ReactNode {
  const bounded = rows.flatMap(({ stage, ceiling }) => (ceiling ? [{ stage, ...ceiling }] : []));
  if (bounded.length === 0) return null;
  return (
    <figure className="share-chart">
      <figcaption>{strings.bench.chart}</figcaption>
      <ul>
        {bounded.map(({ stage, share, of }) => (
          <li key={stage} data-stage={stage}>
            <span className="name">{strings.bench.stages[stage]}</span>
            <span className="track">
              <span className="bar" data-of={of} style={{ width: `${Math.min(100, 100 * share)}%` }} />
            </span>
            <span className="value">{strings.bench.share(share, of)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
