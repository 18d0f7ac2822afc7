import type { UnitBox } from '../../kosmos2/box.ts';
import type { Drag } from './drags.ts';
import type { Edges } from './patch-moves.ts';
import type { Point } from './view.ts';

/** Something on the stage with handles: a region of the question, or a box being corrected. */
export interface Shape {
  readonly box: UnitBox;
  /** What a drag from inside of it does, and one from a handle. */
  move(from: Point): Drag;
  pull(edges: Edges): Drag;
  /** What an arrow key does, alone and with Shift; `held` while it is kept down. */
  nudge(towards: Point, held: boolean): void;
  grow(towards: Point, held: boolean): void;
  remove(): void;
}

/** How pointer and keys draw and change shapes on the stage. */
export interface Shaping {
  /** What has handles now. */
  readonly shape: Shape | null;
  /** What the keys change: what has the focus, otherwise what has the handles. */
  readonly keyed: Shape | null;
  /** Draws a new one. */
  draw(from: Point): Drag;
  /** Puts a new one into the middle of what is seen. */
  place(): void;
}
