import type { ReactNode } from 'react';
import * as strings from '../all-strings.ts';
import type { Measured } from './BenchTable.tsx';

/** Bars of how close each stage comes to its ceiling, and memory to the least there could be, from nothing to all of it. */
export function ShareChart({ rows, memory }: Measured): ReactNode {
  const words = strings.bench;
  const bars = rows.flatMap(({ stage, ceiling }) =>
    ceiling
      ? [
          {
            of: ceiling.of,
            share: ceiling.share,
            name: words.stages[stage],
            value: words.share(ceiling.share, ceiling.of),
          },
        ]
      : [],
  );
  const held = memory && { share: memory.share, name: words.memory.name, value: words.memory.share(memory.share) };
  const all = held ? [...bars, { of: 'memory', ...held }] : bars;
  if (all.length === 0) return null;
  return (
    <figure className="share-chart">
      <figcaption>{words.chart}</figcaption>
      <ul>
        {all.map(({ of, share, name, value }) => (
          <li key={name}>
            <span className="name">{name}</span>
            <span className="track">
              <span className="bar" data-of={of} style={{ width: `${Math.min(100, 100 * share)}%` }} />
            </span>
            <span className="value">{value}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
