import type { UnitBox } from '../../kosmos2/box.ts';

/** A rectangle in CSS pixels of the stage. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a unit box of the picture lies on the stage. */
export function onStage(box: UnitBox, picture: Rect): Rect {
  return {
    x: picture.x + box[0] * picture.width,
    y: picture.y + box[1] * picture.height,
    width: (box[2] - box[0]) * picture.width,
    height: (box[3] - box[1]) * picture.height,
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

/** The rectangle with every edge moved outwards by `by`. */
export function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}
