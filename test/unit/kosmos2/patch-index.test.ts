import { describe, expect, it } from 'vitest';
import { type UnitBox, unitBox } from '../../../src/kosmos2/box.ts';
import {
  boxToPatchPair,
  checkPatchPair,
  isOrdered,
  orderedPair,
  PATCH_COUNT,
  patchPairToBox,
} from '../../../src/kosmos2/patch-index.ts';
import { fixture } from './fixtures.ts';

describe('a location', () => {
  it('is the box the reference says, for every box of its post-processing, inverted ones too', () => {
    type Case = { text: string; entities: [string, [number, number], number[][]][] };
    let boxes = 0;
    for (const { text, entities } of fixture<Case[]>('reference/postprocess.json')) {
      const expected = entities.flatMap(([, , found]) => found);
      const closed = [...text.matchAll(/<object>((?:(?!<object>).)*?)<\/object>/g)].map(([object]) => object);
      const pairs = [...closed.join('').matchAll(/<patch_index_(\d{4})><patch_index_(\d{4})>/g)];
      const found = pairs.map(([, ul, lr]) => patchPairToBox({ upperLeft: Number(ul), lowerRight: Number(lr) }));
      expect(found).toEqual(expected);
      boxes += found.length;
    }
    expect(boxes).toBeGreaterThan(100);
  });

  it('runs between cell centres, or between full cells where its corners share a row or a column', () => {
    expect(patchPairToBox({ upperLeft: 44, lowerRight: 863 })).toEqual([0.390625, 0.046875, 0.984375, 0.828125]);
    expect(patchPairToBox({ upperLeft: 32, lowerRight: 40 })).toEqual([0, 0.03125, 0.28125, 0.0625]);
    expect(patchPairToBox({ upperLeft: 1, lowerRight: 33 })).toEqual([0.03125, 0, 0.0625, 0.0625]);
    expect(patchPairToBox({ upperLeft: 500, lowerRight: 500 })).toEqual([0.625, 0.46875, 0.65625, 0.5]);
  });

  it('with its corners in any order is one ordered location', () => {
    for (const pair of [
      [44, 863],
      [863, 44],
      [863 - 19, 63],
    ] as const) {
      const ordered = orderedPair({ upperLeft: pair[0], lowerRight: pair[1] });
      expect(ordered).toEqual({ upperLeft: 44, lowerRight: 863 });
    }
  });

  it('comes back from its box, for every ordered pair of corners', () => {
    for (let upperLeft = 0; upperLeft < PATCH_COUNT; upperLeft += 7) {
      for (let lowerRight = upperLeft; lowerRight < PATCH_COUNT; lowerRight += 5) {
        const pair = { upperLeft, lowerRight };
        if (isOrdered(pair)) expect(boxToPatchPair(patchPairToBox(pair))).toEqual(pair);
      }
    }
  });

  it.each([
    [[0, 0, 1, 1], 0, 1023],
    [[0.39, 0.06, 0.99, 0.84], 1 * 32 + 12, 26 * 32 + 31],
    // A right edge on a cell border belongs to the cell before it.
    [[0, 0, 0.5, 0.5], 0, 15 * 32 + 15],
    [[0.5, 0.5, 1, 1], 16 * 32 + 16, 1023],
    [[-3, -0.1, 0.01, 0.01], 0, 0],
    [[0.99, 0.99, 7, Number.POSITIVE_INFINITY], 1023, 1023],
    [[0, 0, 1e-300, 1e-300], 0, 0],
    [[1 - 2 ** -53, 0, 1, 1], 31, 1023],
  ])('of %j has its corners in cells %i and %i', (box, upperLeft, lowerRight) => {
    expect(boxToPatchPair(box as unknown as UnitBox)).toEqual({ upperLeft, lowerRight });
  });

  it.each([[[0.5, 0.5, 0.5, 0.6]], [[0.6, 0.1, 0.5, 0.6]], [[1, 0, 2, 1]], [[-1, 0, 0, 1]], [[Number.NaN, 0, 1, 1]]])(
    'cannot be made of %j',
    (box) => {
      expect(() => boxToPatchPair(box as unknown as UnitBox)).toThrowError(
        expect.objectContaining({ code: 'REGION_INVALID' }),
      );
    },
  );

  it('has ordered, valid corners whatever box it is made of', () => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state / 2 ** 32) * 1.4 - 0.2;
    };
    for (let n = 0; n < 20_000; n += 1) {
      const [x1, y1] = [random(), random()];
      const box = unitBox(x1, y1, x1 + Math.abs(random()) ** 3, y1 + Math.abs(random()) ** 3);
      if (x1 >= 1 || y1 >= 1 || box[2] <= 0 || box[3] <= 0 || box[2] <= x1 || box[3] <= y1) continue;
      expect(() => checkPatchPair(boxToPatchPair(box))).not.toThrow();
    }
  });

  it.each([
    [{ upperLeft: 33, lowerRight: 0 }],
    [{ upperLeft: 1, lowerRight: 32 }],
    [{ upperLeft: -1, lowerRight: 5 }],
    [{ upperLeft: 0, lowerRight: 1024 }],
    [{ upperLeft: 0.5, lowerRight: 5 }],
    [{ upperLeft: Number.NaN, lowerRight: 5 }],
  ])('is refused as a region: %j', (pair) => {
    expect(() => checkPatchPair(pair)).toThrowError(expect.objectContaining({ code: 'REGION_INVALID' }));
  });
});
