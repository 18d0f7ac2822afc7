import { unitBox } from '../../kosmos2/box.ts';
import { boxToPatchPair, columnOf, GRID, type PatchPair, rowOf } from '../../kosmos2/patch-index.ts';
import type { Point } from './view.ts';

/** Which edges of a region a handle or a key moves: -1 the left or upper one, 1 the right or lower one, 0 neither. */
export interface Edges {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** The cells that a drag between two points of the picture spans, in whichever direction; outside counts as the edge. */
export function spanned(a: Point, b: Point): PatchPair {
  // Just inside the last cell, and never without area, which has no cells.
  const inside = (value: number) => Math.max(0, Math.min(value, 1 - 2e-6));
  const [x1, x2] = [inside(Math.min(a.x, b.x)), inside(Math.max(a.x, b.x))];
  const [y1, y2] = [inside(Math.min(a.y, b.y)), inside(Math.max(a.y, b.y))];
  return boxToPatchPair(unitBox(x1, y1, x2 + 1e-6, y2 + 1e-6));
}

/** The region moved by whole cells, as far as the picture goes. */
export function movedBy(pair: PatchPair, columns: number, rows: number): PatchPair {
  const { left, top, right, bottom } = cells(pair);
  const across = Math.max(-left, Math.min(columns, GRID - 1 - right));
  const down = Math.max(-top, Math.min(rows, GRID - 1 - bottom));
  return pairOf(left + across, top + down, right + across, bottom + down);
}

/** The region with some edges at the cell under a point; an edge drawn over the opposite one swaps with it. */
export function reshaped(pair: PatchPair, { x, y }: Edges, to: Point): PatchPair {
  const { left, top, right, bottom } = cells(pair);
  const column = cellAt(to.x);
  const row = cellAt(to.y);
  const [x1, x2] = sorted(x < 0 ? column : left, x > 0 ? column : right);
  const [y1, y2] = sorted(y < 0 ? row : top, y > 0 ? row : bottom);
  return pairOf(x1, y1, x2, y2);
}

/** The region with its lower right corner moved by whole cells, one cell large at least. */
export function grownBy(pair: PatchPair, columns: number, rows: number): PatchPair {
  const { left, top, right, bottom } = cells(pair);
  const last = (least: number, value: number) => Math.max(least, Math.min(value, GRID - 1));
  return pairOf(left, top, last(left, right + columns), last(top, bottom + rows));
}

function cells({ upperLeft, lowerRight }: PatchPair) {
  return {
    left: columnOf(upperLeft),
    top: rowOf(upperLeft),
    right: columnOf(lowerRight),
    bottom: rowOf(lowerRight),
  };
}

function pairOf(left: number, top: number, right: number, bottom: number): PatchPair {
  return { upperLeft: top * GRID + left, lowerRight: bottom * GRID + right };
}

function cellAt(value: number): number {
  return Math.max(0, Math.min(Math.floor(value * GRID), GRID - 1));
}

function sorted(a: number, b: number): readonly [number, number] {
  return a <= b ? [a, b] : [b, a];
}
