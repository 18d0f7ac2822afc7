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

/** The part of a rectangle that lies inside of `frame`; null where none does. */
export function clipped(rect: Rect, frame: Rect): Rect | null {
  const x = Math.max(rect.x, frame.x);
  const y = Math.max(rect.y, frame.y);
  const width = Math.min(rect.x + rect.width, frame.x + frame.width) - x;
  const height = Math.min(rect.y + rect.height, frame.y + frame.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Whether a rectangle lies inside of `frame`, edges included. */
export function inside(rect: Rect, frame: Rect): boolean {
  return (
    rect.x >= frame.x &&
    rect.y >= frame.y &&
    rect.x + rect.width <= frame.x + frame.width &&
    rect.y + rect.height <= frame.y + frame.height
  );
}

/** Whether a point lies in a rectangle, edges included. */
export function holds({ x, y, width, height }: Rect, point: { readonly x: number; readonly y: number }): boolean {
  return point.x >= x && point.y >= y && point.x <= x + width && point.y <= y + height;
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
