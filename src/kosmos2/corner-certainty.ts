import { GRID } from './patch-index.ts';

/** A corner that is off by this many cells still marks the same thing. */
const REACH = 2;

/**
 * Probability that a corner is at a cell or at most two cells away from it. The probability of the one cell says little:
 * a model that knows well where a thing is still spreads it over the neighbours (0.3 to 0.5 on the demo scenes).
 * @param locations probability of each cell, `[1024]`, as a token's trace has it
 * @param cell patch index
 */
export function cornerCertainty(locations: Float32Array, cell: number): number {
  const row = Math.floor(cell / GRID);
  const column = cell % GRID;
  let sum = 0;
  for (let y = Math.max(0, row - REACH); y <= Math.min(GRID - 1, row + REACH); y += 1) {
    for (let x = Math.max(0, column - REACH); x <= Math.min(GRID - 1, column + REACH); x += 1) {
      sum += locations[y * GRID + x] ?? 0;
    }
  }
  return Math.min(1, sum);
}
