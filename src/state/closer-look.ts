import { orderedBox, type UnitBox, unitBox } from '../kosmos2/box.ts';
import type { GroundedText } from '../kosmos2/grounded-text.ts';
import { boxToPatchPair, type PatchPair } from '../kosmos2/patch-index.ts';

/** What is added around a box on each side, as a part of its size: a thing is easier to tell with what is around it. */
const MARGIN = 0.2;
/** Fewest pixels of a side: less shows the model nothing it has not seen. */
const LEAST = 32;

/**
 * The part of a picture to look at more closely around a box: with a margin, in whole pixels, and at most twice as long
 * as wide, since the model sees every picture as a square.
 * @param width of the picture in pixels
 */
export function frameAround([x1, y1, x2, y2]: UnitBox, width: number, height: number): UnitBox {
  const across = Math.abs(x2 - x1) * width * (1 + 2 * MARGIN);
  const down = Math.abs(y2 - y1) * height * (1 + 2 * MARGIN);
  const [left, right] = around(((x1 + x2) / 2) * width, Math.max(across, down / 2, LEAST), width);
  const [top, bottom] = around(((y1 + y2) / 2) * height, Math.max(down, across / 2, LEAST), height);
  return unitBox(left / width, top / height, right / width, bottom / height);
}

/** Whole pixels from..to of this length about a centre, inside 0..most. */
function around(centre: number, length: number, most: number): readonly [from: number, to: number] {
  const from = Math.max(0, Math.min(centre - length / 2, most - length));
  return [Math.floor(from), Math.ceil(Math.min(from + length, most))];
}

/** Pixels of a frame of a picture. */
export function frameSize([x1, y1, x2, y2]: UnitBox, width: number, height: number) {
  return { width: Math.round((x2 - x1) * width), height: Math.round((y2 - y1) * height) };
}

/** An answer about a frame, its boxes where they are on the whole picture. */
export function onWholePicture(grounded: GroundedText, [fx, fy, fx2, fy2]: UnitBox): GroundedText {
  const x = (value: number) => fx + value * (fx2 - fx);
  const y = (value: number) => fy + value * (fy2 - fy);
  return {
    ...grounded,
    entities: grounded.entities.map((entity) => ({
      ...entity,
      boxes: entity.boxes.map(({ box: [x1, y1, x2, y2], score }) => {
        const box = orderedBox(unitBox(x(x1), y(y1), x(x2), y(y2)));
        return { ...cellsOf(box), box, score };
      }),
    })),
  };
}

/** The cells of a box, be it one without width or height, as an answer can name where corners may come in any order. */
function cellsOf([x1, y1, x2, y2]: UnitBox): PatchPair {
  const [left, right] = withLength(x1, x2);
  const [top, bottom] = withLength(y1, y2);
  return boxToPatchPair(unitBox(left, top, right, bottom));
}

/** Much shorter than a cell, which is 1/32. */
const SHORTEST = 1e-6;

function withLength(from: number, to: number): readonly [from: number, to: number] {
  if (from < to) return [from, to];
  const inside = Math.min(from, 1 - SHORTEST);
  return [inside, inside + SHORTEST];
}
