import { grown, type Rect } from './rect.ts';
import type { StageView } from './stage-view.ts';

/** How far the canvas reaches beyond the stage on every side, in CSS pixels: so far a pan only moves it. */
export const BEYOND = 160;

/** Width of a box's line in CSS pixels. */
export const LINE = 2.5;

/** What the canvas shows, in CSS pixels of the stage. */
export function painted(view: StageView): Rect {
  return grown(view.layout.stage, BEYOND);
}
