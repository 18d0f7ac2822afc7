import { type UnitBox, unitBox } from './box.ts';
import { Kosmos2Error } from './errors.ts';

/** Locations are cells of a 32 x 32 grid over the whole image, whatever its shape. */
export const GRID = 32;
export const PATCH_COUNT = GRID * GRID;

/** Two patch indices (row * 32 + column) that span a box, corners included. */
export interface PatchPair {
  readonly upperLeft: number;
  readonly lowerRight: number;
}

/** Column of a cell, from 0 at the left. */
export function columnOf(cell: number): number {
  return cell % GRID;
}

/** Row of a cell, from 0 at the top. */
export function rowOf(cell: number): number {
  return Math.floor(cell / GRID);
}

/**
 * The cells of a box's upper-left and lower-right corners (coordinate_to_patch_index in processing_kosmos2.py). What
 * sticks out of the image is cut off.
 * @throws Kosmos2Error REGION_INVALID where nothing of the box is left, or a coordinate is no number
 */
export function boxToPatchPair(box: UnitBox): PatchPair {
  const [x1, y1, x2, y2] = box.map((value) => Math.min(1, Math.max(0, value))) as [number, number, number, number];
  if (!(x2 > x1 && y2 > y1)) {
    const message = `The box (${box.join(', ')}) has no area inside the image; draw it again, from one corner to the other.`;
    throw new Kosmos2Error('REGION_INVALID', message, { box: [...box] });
  }
  const first = (low: number): number => Math.floor(low * GRID);
  // A box thinner than rounding still has the cell it begins in.
  const last = (low: number, high: number): number => Math.max(first(low), Math.ceil(high * GRID - 1));
  return {
    upperLeft: first(y1) * GRID + first(x1),
    lowerRight: last(y1, y2) * GRID + last(x1, x2),
  };
}

/**
 * The box two patch indices stand for: from cell centre to cell centre, or, where the corners share a row or a column,
 * between the full cells' outer edges (patch_index_to_coordinate in processing_kosmos2.py). Corners in the wrong order
 * give an inverted box, as in the reference.
 */
export function patchPairToBox({ upperLeft, lowerRight }: PatchPair): UnitBox {
  const [left, top] = [columnOf(upperLeft), rowOf(upperLeft)];
  const [right, bottom] = [columnOf(lowerRight), rowOf(lowerRight)];
  const [near, far] = left === right || top === bottom ? [0, 1] : [0.5, 0.5];
  return unitBox((left + near) / GRID, (top + near) / GRID, (right + far) / GRID, (bottom + far) / GRID);
}

/** The cells at most `reach` away from a cell, itself among them, along rows and columns. */
export function cellsAround(cell: number, reach: number): number[] {
  const line = (middle: number) => {
    const first = Math.max(0, middle - reach);
    return Array.from({ length: Math.min(GRID - 1, middle + reach) + 1 - first }, (_, index) => first + index);
  };
  return line(rowOf(cell)).flatMap((row) => line(columnOf(cell)).map((column) => row * GRID + column));
}

/** Whether two locations are the same two tokens. */
export function sameCells(a: PatchPair, b: PatchPair): boolean {
  return a.upperLeft === b.upperLeft && a.lowerRight === b.lowerRight;
}

/** Whether the lower-right cell is neither above nor to the left of the upper-left one. */
export function isOrdered({ upperLeft, lowerRight }: PatchPair): boolean {
  return columnOf(lowerRight) >= columnOf(upperLeft) && rowOf(lowerRight) >= rowOf(upperLeft);
}

/** The same location, its upper left cell first; without the grammar a model may name its corners in any order. */
export function orderedPair({ upperLeft, lowerRight }: PatchPair): PatchPair {
  const columns = [upperLeft, lowerRight].map(columnOf);
  const rows = [upperLeft, lowerRight].map(rowOf);
  return {
    upperLeft: Math.min(...rows) * GRID + Math.min(...columns),
    lowerRight: Math.max(...rows) * GRID + Math.max(...columns),
  };
}

/** Checks a region that came from outside. @throws Kosmos2Error REGION_INVALID */
export function checkPatchPair(pair: PatchPair): void {
  for (const value of [pair.upperLeft, pair.lowerRight]) {
    if (Number.isInteger(value) && value >= 0 && value < PATCH_COUNT) continue;
    const message = `A location must be a whole number from 0 to ${PATCH_COUNT - 1}, but is ${String(value)}.`;
    throw new Kosmos2Error('REGION_INVALID', message, { value, limit: PATCH_COUNT - 1 });
  }
  if (isOrdered(pair)) return;
  throw new Kosmos2Error(
    'REGION_INVALID',
    `Location ${pair.lowerRight} lies above or to the left of ${pair.upperLeft}; give the upper-left corner first.`,
    { ...pair },
  );
}
