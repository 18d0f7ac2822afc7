import { type UnitBox, unitBox } from '../../kosmos2/box.ts';
import type { Edges } from './patch-moves.ts';
import type { Point } from './view.ts';

// What a drag or a key does to a box that need not keep to the model's grid. All in 0..1 of the picture.

/** The box moved by a distance, as far as the picture goes. */
export function movedBox([x1, y1, x2, y2]: UnitBox, by: Point): UnitBox {
  const across = Math.max(-x1, Math.min(by.x, 1 - x2));
  const down = Math.max(-y1, Math.min(by.y, 1 - y2));
  return unitBox(x1 + across, y1 + down, x2 + across, y2 + down);
}

/** The box with some edges at a point. */
export function reshapedBox([x1, y1, x2, y2]: UnitBox, { x, y }: Edges, to: Point): UnitBox {
  return unitBox(x < 0 ? to.x : x1, y < 0 ? to.y : y1, x > 0 ? to.x : x2, y > 0 ? to.y : y2);
}

/** The box with its lower right corner moved by a distance; it never turns over. */
export function grownBox([x1, y1, x2, y2]: UnitBox, by: Point): UnitBox {
  return unitBox(x1, y1, Math.max(x1, x2 + by.x), Math.max(y1, y2 + by.y));
}

/** The box between two points, in whichever direction. */
export function boxBetween(a: Point, b: Point): UnitBox {
  return unitBox(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y));
}
