import { leastOf } from './least-of.ts';
import { clipped, inside, overlap, type Rect } from './rect.ts';

export interface LabelSize {
  readonly width: number;
  readonly height: number;
}

/** Where a label lies; `short` where there was room for the number only. */
export interface LabelPlace {
  readonly rect: Rect;
  readonly short: boolean;
}

/** How far apart the places along an edge are that a label tries, in CSS pixels. */
const STEP = 12;

/**
 * A place for the label of every box, greedily in the order given, the nicest one that is free: outside of the box
 * before inside, at a corner before along an edge, with the phrase before the number alone. Labels never cover one
 * another and never leave the stage; where a crowd leaves no room at all, the label is left out. Of the free
 * corners the one that covers the least of other boxes is taken. A label depends on the boxes before it only, so it stays where it is while
 * more arrive.
 * @param sizes of the whole label and of the number alone, box by box
 */
export function placeLabels(
  boxes: readonly Rect[],
  sizes: readonly (readonly [whole: LabelSize, short: LabelSize])[],
  stage: Rect,
): readonly (LabelPlace | null)[] {
  const taken: Rect[] = [];
  return boxes.map((box, index) => {
    const seen = clipped(box, stage);
    const pair = sizes[index];
    if (!seen || !pair) return null;
    const before = boxes.slice(0, index);
    const covered = (place: Rect) => before.reduce((sum, other) => sum + overlap(other, place), 0);
    for (const size of pair) {
      const free = (place: Rect) => inside(place, stage) && !taken.some((label) => overlap(label, place) > 0);
      const rect = leastOf(corners(seen, size).filter(free), covered) ?? edges(seen, size).find(free);
      if (!rect) continue;
      taken.push(rect);
      return { rect, short: size !== pair[0] };
    }
    return null;
  });
}

/** Where a label sits best, the nicest first: outside before inside, left before right. */
function corners(box: Rect, { width, height }: LabelSize): readonly Rect[] {
  const right = box.x + box.width - width;
  const below = box.y + box.height;
  const rows = [box.y - height, below, box.y, below - height];
  return rows.flatMap((y) => [box.x, right].map((x) => ({ x, y, width, height })));
}

/** Further places along the four edges of a box, outside and inside. */
function edges(box: Rect, { width, height }: LabelSize): readonly Rect[] {
  const places: Rect[] = [];
  const below = box.y + box.height;
  const right = box.x + box.width;
  for (const y of [box.y - height, below, box.y, below - height]) {
    for (let x = box.x - width + STEP; x < right; x += STEP) places.push({ x, y, width, height });
  }
  for (const x of [box.x - width, right, box.x, right - width]) {
    for (let y = box.y - height + STEP; y < below; y += STEP) places.push({ x, y, width, height });
  }
  return places;
}
