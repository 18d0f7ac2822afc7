import { leastOf } from './least-of.ts';
import { outside, overlap, type Rect } from './rect.ts';

const GAP = 12;
/** Distance of the places that are tried where none beside the box is free, in CSS pixels. */
const STEP = 20;
/** How far from there a panel may go to cover less: farther away nobody would see what it belongs to. */
const FARTHEST = 200;
/** What a pixel of its own box costs against one of another: a panel over an edge of its box is still seen to belong to it. */
const OWN = 0.1;
/** How much around the corners of its box stays free, in CSS pixels. */
const REACH = 12;

/**
 * Where a panel of this size goes: beside `box` where it covers none of the others, otherwise the nearest place not far
 * from there where it covers neither them nor the box. Where there is no such room it covers as little as it can, rather
 * its own box than another, and least of all the tools and the corners of its box.
 */
export function placeBeside(
  box: Rect,
  size: { readonly width: number; readonly height: number },
  others: readonly Rect[],
  stage: Rect,
  tools: Rect,
): Rect {
  const lost = (place: Rect) =>
    [tools, ...corners(box)].reduce((sum, kept) => sum + overlap(place, kept), outside(place, stage));
  const covered = (place: Rect) =>
    others.reduce((sum, other) => sum + overlap(place, other), 10 * lost(place) + OWN * overlap(place, box));
  const beside = leastOf(sides(box, size, stage), covered);
  if (covered(beside) === 0) return beside;
  // A step away costs little against a pixel that is covered.
  const far = (place: Rect) => Math.hypot(place.x - beside.x, place.y - beside.y);
  const near = everywhere(size, stage).filter((each) => far(each) <= FARTHEST);
  return leastOf([beside, ...near], (each) => covered(each) * 1000 + far(each));
}

/** The two corners that the model wrote: there a heat map is looked at. */
function corners({ x, y, width, height }: Rect): readonly Rect[] {
  const around = (x: number, y: number) => ({ x: x - REACH, y: y - REACH, width: 2 * REACH, height: 2 * REACH });
  return [around(x, y), around(x + width, y + height)];
}

/** The four sides of a box, the nicest first, each as far along and away as the stage allows. */
function sides(box: Rect, { width, height }: Size, stage: Rect): readonly [Rect, ...Rect[]] {
  const at = (x: number, y: number) => onto(stage, { x, y, width, height });
  return [
    at(box.x + box.width + GAP, box.y),
    at(box.x - width - GAP, box.y),
    at(box.x, box.y + box.height + GAP),
    at(box.x, box.y - height - GAP),
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
