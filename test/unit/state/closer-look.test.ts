import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { isOrdered, patchPairToBox } from '../../../src/kosmos2/patch-index.ts';
import { frameAround, frameSize, onWholePicture } from '../../../src/state/closer-look.ts';

describe('a closer look', () => {
  it('frames the box with a margin, in whole pixels, never beyond the picture', () => {
    for (const [box, width, height] of [
      [unitBox(0.2, 0.3, 0.5, 0.7), 853, 640],
      [unitBox(0, 0, 0.03, 0.9), 853, 640],
      [unitBox(0.97, 0.97, 1, 1), 4000, 3000],
      [unitBox(0, 0, 1, 1), 640, 200],
      // Corners in the wrong order, as a model without the grammar may give them.
      [unitBox(0.6, 0.7, 0.4, 0.5), 640, 640],
    ] as const) {
      const frame = frameAround(box, width, height);
      const [x1, y1, x2, y2] = frame;
      expect(x1).toBeGreaterThanOrEqual(0);
      expect(y1).toBeGreaterThanOrEqual(0);
      expect(x2).toBeLessThanOrEqual(1);
      expect(y2).toBeLessThanOrEqual(1);
      expect(x1).toBeLessThanOrEqual(Math.min(box[0], box[2]));
      expect(x2).toBeGreaterThanOrEqual(Math.max(box[0], box[2]));
      expect(y1).toBeLessThanOrEqual(Math.min(box[1], box[3]));
      expect(y2).toBeGreaterThanOrEqual(Math.max(box[1], box[3]));
      for (const value of [x1 * width, x2 * width, y1 * height, y2 * height]) {
        expect(Math.abs(value - Math.round(value))).toBeLessThan(1e-9);
      }
      expect(Object.values(frameSize(frame, width, height)).every(Number.isInteger)).toBe(true);
    }
  });

  it('is at most twice as long as wide where the picture has the room', () => {
    const { width, height } = frameSize(frameAround(unitBox(0.3, 0.1, 0.35, 0.9), 1000, 1000), 1000, 1000);
    expect(Math.max(width, height) / Math.min(width, height)).toBeLessThan(2.05);
  });

  it('puts its boxes where they are on the whole picture, with locations that are regions there', () => {
    const box = unitBox(0.5, 0, 1, 0.5);
    const entity = { index: 0, phrase: 'a pig', start: 0, end: 5, complete: true, score: 0.5 };
    const grounded = {
      caption: 'a pig',
      answerStart: 0,
      entities: [{ ...entity, boxes: [{ upperLeft: 16, lowerRight: 511, box, score: 0.5 }] }],
    };
    const mapped = onWholePicture(grounded, unitBox(0.5, 0.25, 1, 0.75)).entities[0]?.boxes[0];
    expect(mapped?.box).toEqual([0.75, 0.25, 1, 0.5]);
    expect(mapped && isOrdered(mapped)).toBe(true);
    expect(mapped).toMatchObject({ upperLeft: 8 * 32 + 24, lowerRight: 15 * 32 + 31, score: 0.5 });
  });

  it.each([
    ['in the middle', 36, 35, unitBox(0.2, 0.2, 0.7, 0.7)],
    ['at the far edges', 1023, 991, unitBox(0.5, 0.5, 1, 1)],
  ])('puts a box that its corners leave no area, %s, into the cells it lies in', (_, upperLeft, lowerRight, frame) => {
    const box = patchPairToBox({ upperLeft, lowerRight });
    const entity = { index: 0, phrase: 'a pig', start: 0, end: 5, complete: true, score: null };
    const grounded = {
      caption: 'a pig',
      answerStart: 0,
      entities: [{ ...entity, boxes: [{ upperLeft, lowerRight, box, score: null }] }],
    };
    const mapped = onWholePicture(grounded, frame).entities[0]?.boxes[0];
    expect(mapped && isOrdered(mapped)).toBe(true);
    expect(mapped?.lowerRight).toBeLessThan(1024);
  });
});
