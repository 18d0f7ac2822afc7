import { cellsAround } from './patch-index.ts';

/** A corner that is off by this many cells still marks the same thing. */
const REACH = 2;

/**
 * Probability that a corner is at a cell or at most two cells away from it. The probability of the one cell says little:
 * a model that knows well where a thing is still spreads it over the neighbours (0.3 to 0.5 on the demo scenes).
 * @param locations probability of each cell, `[1024]`, as a token's trace has it
 * @param cell patch index
 */
export function cornerCertainty(locations: Float32Array, cell: number): number {
  const sum = cellsAround(cell, REACH).reduce((total, near) => total + (locations[near] ?? 0), 0);
  return Math.min(1, sum);
}
