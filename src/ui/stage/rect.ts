import type { UnitBox } from '../../kosmos2/box.ts';

/** A rectangle in CSS pixels of the stage. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a unit box of the picture lies on the stage; without the grammar a model may name its corners in any order. */
export function onStage([x1, y1, x2, y2]: UnitBox, picture: Rect): Rect {
  return {
    x: picture.x + Math.min(x1, x2) * picture.width,
    y: picture.y + Math.min(y1, y2) * picture.height,
    width: Math.abs(x2 - x1) * picture.width,
    height: Math.abs(y2 - y1) * picture.height,
  };
}

/** Area that two rectangles share. */
export function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Area of a rectangle that lies outside of `frame`. */
export function outside(rect: Rect, frame: Rect): number {
  return rect.width * rect.height - overlap(rect, frame);
}

/** The rectangle with every edge moved outwards by `by`, inwards at most to its middle. */
export function grown({ x, y, width, height }: Rect, by: number): Rect {
  const across = Math.max(by, -width / 2);
  const down = Math.max(by, -height / 2);
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
}
