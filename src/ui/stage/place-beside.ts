import { leastOf } from './least-of.ts';
import { outside, overlap, type Rect } from './rect.ts';

const GAP = 12;
/** Distance of the places that are tried where none beside the box is free, in CSS pixels. */
const STEP = 20;
/** How far from there a panel may go to cover less: farther away nobody would see what it belongs to. */
const FARTHEST = 200;

/**
 * Where a panel of this size goes: beside `box` where it covers none of the others, otherwise the nearest place not far
 * from there where it covers neither them nor the box. Where there is no such room it covers as little as it can, least of
 * all the tools.
 */
export function placeBeside(
  box: Rect,
  size: { readonly width: number; readonly height: number },
  others: readonly Rect[],
  stage: Rect,
  tools: Rect,
): Rect {
  const lost = (place: Rect) => outside(place, stage) + overlap(place, tools);
  const covered = (place: Rect) =>
    others.reduce((sum, other) => sum + overlap(place, other), 10 * lost(place) + overlap(place, box));
  const beside = leastOf(sides(box, size, stage), covered);
  if (covered(beside) === 0) return onto(stage, beside);
  // A step away costs little against a pixel that is covered.
  const far = (place: Rect) => Math.hypot(place.x - beside.x, place.y - beside.y);
  const near = everywhere(size, stage).filter((each) => far(each) <= FARTHEST);
  const place = leastOf([beside, ...near], (each) => covered(each) * 1000 + far(each));
  return onto(stage, place);
}

/** The four sides of a box, the nicest first, each as far along as the stage allows. */
function sides(box: Rect, { width, height }: Size, stage: Rect): readonly [Rect, ...Rect[]] {
  const { x, y } = onto(stage, { x: box.x, y: box.y, width, height });
  return [
    { x: box.x + box.width + GAP, y, width, height },
    { x: box.x - width - GAP, y, width, height },
    { x, y: box.y + box.height + GAP, width, height },
    { x, y: box.y - height - GAP, width, height },
  ];
}

function everywhere({ width, height }: Size, stage: Rect): readonly Rect[] {
  const places: Rect[] = [];
  for (let y = stage.y + GAP; y + height + GAP <= stage.y + stage.height; y += STEP) {
    for (let x = stage.x + GAP; x + width + GAP <= stage.x + stage.width; x += STEP) {
      places.push({ x, y, width, height });
    }
  }
  return places;
}

function onto(stage: Rect, rect: Rect): Rect {
  return {
    ...rect,
    x: clamp(rect.x, stage.x + GAP, stage.x + stage.width - rect.width - GAP),
    y: clamp(rect.y, stage.y + GAP, stage.y + stage.height - rect.height - GAP),
  };
}

type Size = Pick<Rect, 'width' | 'height'>;

function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(value, highest));
}
