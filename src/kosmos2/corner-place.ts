import { type UnitBox, unitBox } from './box.ts';
import { cellsAround, columnOf, GRID, type PatchPair, patchPairToBox, rowOf } from './patch-index.ts';

/** A point in 0..1 of the picture. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How far the neighbours of a cell are asked, in cells; with one or three the demo model's boxes are hardly others. */
const REACH = 2;
/** Places have four digits, less than a pixel of a large picture: sums in another order come to the same. */
const STEPS = 10_000;

/**
 * Where a corner is between the cells of the grid: the mean of the centres of its cell and of those around it, weighted by
 * their probabilities. A corner near the edge of its cell shares its probability with the cell beyond, so the
 * neighbours tell what the one cell cannot (as heat maps of key points do, arXiv:1910.06278).
 * @param locations probability of each cell, `[1024]`, row by row
 * @param cell patch index that was written
 */
export function cornerPlace(locations: Float32Array, cell: number): Place {
  let [x, y, total] = [0, 0, 0];
  for (const near of cellsAround(cell, REACH)) {
    const weight = locations[near] ?? 0;
    x += weight * (columnOf(near) + 0.5);
    y += weight * (rowOf(near) + 0.5);
    total += weight;
  }
  if (!(total > 0)) return { x: (columnOf(cell) + 0.5) / GRID, y: (rowOf(cell) + 0.5) / GRID };
  const rounded = (sum: number) => Math.round((sum / total / GRID) * STEPS) / STEPS;
  return { x: rounded(x), y: rounded(y) };
}

/**
 * The box of two corners, each where its place says and at the centre of its cell where that is not known. Corners that
 * share a row or a column, or whose places are not in order, have the box of their cells (`patchPairToBox`).
 */
export function boxBetween(pair: PatchPair, upperLeft: Place | null, lowerRight: Place | null): UnitBox {
  const cells = patchPairToBox(pair);
  const across = columnOf(pair.lowerRight) - columnOf(pair.upperLeft);
  const down = rowOf(pair.lowerRight) - rowOf(pair.upperLeft);
  if (across <= 0 || down <= 0) return cells;
  const [x1, y1] = [upperLeft?.x ?? cells[0], upperLeft?.y ?? cells[1]];
  const [x2, y2] = [lowerRight?.x ?? cells[2], lowerRight?.y ?? cells[3]];
  return x1 < x2 && y1 < y2 ? unitBox(x1, y1, x2, y2) : cells;
}
