import type { UnitBox } from '../kosmos2/box.ts';
import type { KnownThing } from './truth.ts';

/** From this share of a thing that others cover nobody can be expected to see it. */
const HIDDEN = 0.9;

/** Points across and down a box that are looked at. */
const POINTS = 20;

/** Things that can be seen, of all things of a scene back to front: boxes before them leave enough of theirs. */
export function visible(things: readonly KnownThing[]): readonly KnownThing[] {
  return things.filter(({ box }, index) => coveredShare(box, things.slice(index + 1)) < HIDDEN);
}

function coveredShare([x1, y1, x2, y2]: UnitBox, before: readonly KnownThing[]): number {
  let covered = 0;
  for (let at = 0; at < POINTS ** 2; at++) {
    const x = x1 + ((x2 - x1) * ((at % POINTS) + 0.5)) / POINTS;
    const y = y1 + ((y2 - y1) * (Math.floor(at / POINTS) + 0.5)) / POINTS;
    if (before.some(({ box }) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3])) covered++;
  }
  return covered / POINTS ** 2;
}
