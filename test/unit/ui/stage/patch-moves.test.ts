import { describe, expect, it } from 'vitest';
import { boxToPatchPair, isOrdered, type PatchPair, patchPairToBox } from '../../../../src/kosmos2/patch-index.ts';
import { grownBy, movedBy, reshaped, spanned } from '../../../../src/ui/stage/patch-moves.ts';

/** Cells by row and column. */
const pair = (top: number, left: number, bottom: number, right: number): PatchPair => ({
  upperLeft: top * 32 + left,
  lowerRight: bottom * 32 + right,
});
const centre = (row: number, column: number) => ({ x: (column + 0.5) / 32, y: (row + 0.5) / 32 });

describe('a drag', () => {
  it('spans the cells of its two ends, in whichever direction', () => {
    const [a, b] = [centre(3, 4), centre(20, 9)];
    expect(spanned(a, b)).toEqual(pair(3, 4, 20, 9));
    expect(spanned(b, a)).toEqual(pair(3, 4, 20, 9));
    expect(spanned({ x: a.x, y: b.y }, { x: b.x, y: a.y })).toEqual(pair(3, 4, 20, 9));
  });

  it('that stays in one cell is that cell, at the edges of the picture and beyond them too', () => {
    expect(spanned(centre(5, 6), centre(5, 6))).toEqual(pair(5, 6, 5, 6));
    expect(spanned({ x: 1, y: 1 }, { x: 7, y: 1 })).toEqual(pair(31, 31, 31, 31));
    expect(spanned({ x: -2, y: -1 }, { x: 3, y: 2 })).toEqual(pair(0, 0, 31, 31));
  });

  it('snaps to locations that mean themselves again', () => {
    for (let step = 0; step < 300; step++) {
      const patches = spanned(
        { x: ((step * 37) % 101) / 100, y: ((step * 53) % 103) / 100 },
        { x: ((step * 71) % 107) / 100, y: ((step * 29) % 109) / 100 },
      );
      expect(isOrdered(patches)).toBe(true);
      expect(boxToPatchPair(patchPairToBox(patches))).toEqual(patches);
    }
  });
});

describe('a region', () => {
  it('moves by whole cells and keeps its size at the edge of the picture', () => {
    expect(movedBy(pair(3, 4, 8, 9), 2, -1)).toEqual(pair(2, 6, 7, 11));
    expect(movedBy(pair(3, 4, 8, 9), -50, 50)).toEqual(pair(26, 0, 31, 5));
  });

  it('grows and shrinks by whole cells, to one cell at least', () => {
    expect(grownBy(pair(3, 4, 8, 9), 1, -2)).toEqual(pair(3, 4, 6, 10));
    expect(grownBy(pair(3, 4, 8, 9), -50, 50)).toEqual(pair(3, 4, 31, 4));
  });

  it('follows a handle with the edges of that handle only', () => {
    expect(reshaped(pair(3, 4, 8, 9), { x: 1, y: 0 }, centre(30, 20))).toEqual(pair(3, 4, 8, 20));
    expect(reshaped(pair(3, 4, 8, 9), { x: -1, y: -1 }, centre(1, 2))).toEqual(pair(1, 2, 8, 9));
  });

  it('turns over where a handle is drawn across the opposite edge', () => {
    expect(reshaped(pair(3, 4, 8, 9), { x: -1, y: 0 }, centre(0, 15))).toEqual(pair(3, 9, 8, 15));
  });
});
