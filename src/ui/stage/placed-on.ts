import type { CSSProperties } from 'react';
import type { UnitBox } from '../../kosmos2/box.ts';
import { onStage } from './rect.ts';

/** Style of an element that lies on a unit box of what it is inside of, e.g. of a picture. */
export function placedOn(box: UnitBox): CSSProperties {
  const { x, y, width, height } = onStage(box, { x: 0, y: 0, width: 100, height: 100 });
  return { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` };
}
