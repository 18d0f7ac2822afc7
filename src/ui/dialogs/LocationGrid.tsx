import type { ReactNode } from 'react';
import { columnOf, GRID, rowOf } from '../../kosmos2/patch-index.ts';

interface Props {
  readonly url: string;
  /** Width by height of the picture. */
  readonly ratio: number;
  readonly cell: number;
  /** Probability of each cell; null shows the one cell alone. */
  readonly locations: Float32Array | null;
}

/** Cells less probable than this part of the most probable one would not be seen. */
const FAINTEST = 0.02;

/** The model's grid over the picture, with the cell it chose and those it thought of. */
export function LocationGrid({ url, ratio, cell, locations }: Props): ReactNode {
  const most = locations?.reduce((a, b) => Math.max(a, b), 0) ?? 0;
  const seen = [...(locations ?? [])].flatMap((probability, index) =>
    probability >= FAINTEST * most && most > 0 ? { index, strength: probability / most } : [],
  );
  return (
    <svg
      className="location-grid"
      viewBox={`0 0 ${GRID} ${GRID}`}
      preserveAspectRatio="none"
      style={{ aspectRatio: ratio }}
      aria-hidden="true"
    >
      <image href={url} width={GRID} height={GRID} preserveAspectRatio="none" />
      <rect className="veil" width={GRID} height={GRID} />
      {seen.map(({ index, strength }) => (
        <rect
          key={index}
          className="heat"
          x={columnOf(index)}
          y={rowOf(index)}
          width={1}
          height={1}
          opacity={strength}
        />
      ))}
      <rect className="chosen" x={columnOf(cell)} y={rowOf(cell)} width={1} height={1} />
    </svg>
  );
}
