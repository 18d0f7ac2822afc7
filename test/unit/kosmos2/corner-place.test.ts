import { describe, expect, it } from 'vitest';
import { boxBetween, cornerPlace } from '../../../src/kosmos2/corner-place.ts';
import { GRID, PATCH_COUNT, patchPairToBox } from '../../../src/kosmos2/patch-index.ts';

/** Probabilities of cells `[column, row, probability]`, none elsewhere. */
function locations(...cells: readonly (readonly [x: number, y: number, probability: number])[]): Float32Array {
  const all = new Float32Array(PATCH_COUNT);
  for (const [x, y, probability] of cells) all[y * GRID + x] = probability;
  return all;
}

const cell = (x: number, y: number) => y * GRID + x;
const centre = (index: number) => expect.closeTo((index + 0.5) / GRID, 3.9);

describe('where a corner is', () => {
  it('is the centre of its cell where the neighbours have nothing', () => {
    expect(cornerPlace(locations([7, 30, 1]), cell(7, 30))).toEqual({ x: centre(7), y: centre(30) });
    expect(cornerPlace(locations(), cell(7, 30))).toEqual({ x: centre(7), y: centre(30) });
  });

  it('is on the edge between two cells that are as probable, and nearer to the likelier one', () => {
    expect(cornerPlace(locations([7, 9, 0.5], [8, 9, 0.5]), cell(7, 9))).toEqual({ x: 8 / GRID, y: centre(9) });
    const { x, y } = cornerPlace(locations([7, 9, 0.6], [7, 10, 0.2]), cell(7, 9));
    expect([x, y * GRID]).toEqual([centre(7), expect.closeTo(9.75, 2)]);
  });

  it('does not heed another thing far away, nor what is beyond the edge of the picture', () => {
    expect(cornerPlace(locations([3, 3, 0.5], [6, 3, 0.4]), cell(3, 3))).toEqual({ x: centre(3), y: centre(3) });
    expect(cornerPlace(locations([0, 4, 0.5], [31, 3, 0.4]), cell(0, 4))).toEqual({ x: centre(0), y: centre(4) });
  });
});

describe('the box of two corners', () => {
  const pair = { upperLeft: cell(4, 5), lowerRight: cell(9, 12) };

  it('goes from place to place, and to the centre of a cell whose place is not known', () => {
    expect(boxBetween(pair, { x: 0.13, y: 0.17 }, { x: 0.31, y: 0.4 })).toEqual([0.13, 0.17, 0.31, 0.4]);
    expect(boxBetween(pair, null, null)).toEqual(patchPairToBox(pair));
    expect(boxBetween(pair, { x: 0.13, y: 0.17 }, null)).toEqual([0.13, 0.17, 9.5 / GRID, 12.5 / GRID]);
  });

  it('is that of the cells where the corners share a column or are out of order, as cells or as places', () => {
    const [low, high] = [
      { x: 0.13, y: 0.17 },
      { x: 0.31, y: 0.4 },
    ];
    const column = { upperLeft: cell(4, 5), lowerRight: cell(4, 12) };
    expect(boxBetween(column, low, high)).toEqual(patchPairToBox(column));
    const turned = { upperLeft: pair.lowerRight, lowerRight: pair.upperLeft };
    expect(boxBetween(turned, low, high)).toEqual(patchPairToBox(turned));
    expect(boxBetween(pair, high, low)).toEqual(patchPairToBox(pair));
  });
});
