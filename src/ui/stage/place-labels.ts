import { outside, overlap, type Rect } from './rect.ts';

export interface LabelSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A place for the label of every box, greedily in the order given: above the box where it fits, otherwise the best of
 * its other corners. Leaving the stage counts most, then covering another label, then covering another box. A label
 * depends on the boxes before it only, so it stays where it is while more arrive.
 */
export function placeLabels(boxes: readonly Rect[], sizes: readonly LabelSize[], stage: Rect): readonly Rect[] {
  const placed: Rect[] = [];
  boxes.forEach((box, index) => {
    const size = sizes[index] ?? { width: 0, height: 0 };
    const before = boxes.slice(0, index);
    let best: Rect | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of corners(box, size)) {
      const cost =
        100 * outside(candidate, stage) +
        10 * placed.reduce((sum, label) => sum + overlap(label, candidate), 0) +
        before.reduce((sum, other) => sum + overlap(other, candidate), 0);
      if (cost < least) {
        least = cost;
        best = candidate;
      }
    }
    placed.push(best ?? { x: box.x, y: box.y, ...size });
  });
  return placed;
}

/** Where a label may sit, the nicest first: outside before inside, left before right. */
function corners(box: Rect, { width, height }: LabelSize): readonly Rect[] {
  const right = box.x + box.width - width;
  const above = box.y - height;
  const below = box.y + box.height;
  const at = (x: number, y: number): Rect => ({ x, y, width, height });
  return [
    at(box.x, above),
    at(right, above),
    at(box.x, below),
    at(right, below),
    at(box.x, box.y),
    at(right, box.y),
    at(box.x, below - height),
    at(right, below - height),
  ];
}
