import { mulberry32 } from '../kosmos2/random.ts';
import { BACKGROUNDS } from './backgrounds.ts';
import { KINDS, type Kind } from './kinds.ts';
import { boxOf, extentOf, fitted, hiddenShare, type Scene, type Thing } from './scene.ts';

/** How often a scene has one thing, two, and so on; in percent. */
const COUNTS = [8, 16, 20, 20, 16, 12, 8];
/** Smallest and largest things: well within what the model was taught, so that it and the person see them well. */
const LEAST = 0.16;
const MOST = 0.5;
/** How often a thing is another of a kind that is there already. */
const TWIN = 0.28;
/** Share of scenes whose things stand apart from each other, and how much of each other they hide in the rest at most. */
const APART = 0.5;
export const HIDDEN = 0.25;
/** Places tried for one thing before the scene is begun anew. */
const TRIES = 40;

/** A scene as the model was taught them; the same for the same seed (0 to 2^32 - 1). */
export function composeScene(seed: number): Scene {
  const random = mulberry32(seed);
  const background = oneOf(BACKGROUNDS, random).id;
  const kinds = someKinds(random);
  const hidden = random() < APART ? 0 : HIDDEN;
  for (;;) {
    const things = placed(kinds, hidden, random);
    if (things) return { background, things };
  }
}

type Place = Pick<Thing, 'x' | 'y' | 'size'>;

/** A place for one more thing of a kind, clear of the others where there is room, and then in front of them. */
export function roomFor(kind: Kind, things: readonly Thing[], seed: number): Place {
  const random = mulberry32(seed);
  for (const size of [0.3, 0.2, 0.12]) {
    const place = somePlace(kind, () => size, things, 0, random);
    if (place) return place;
  }
  const { x, y, size } = fitted({ kind, x: random(), y: random(), size: 0.2 });
  return { x, y, size };
}

function someKinds(random: () => number): readonly Kind[] {
  const kinds: Kind[] = [];
  for (let left = someCount(random); left > 0; left--) {
    const twin = kinds.length > 0 && random() < TWIN;
    kinds.push(oneOf(twin ? kinds : KINDS, random));
  }
  return kinds;
}

function someCount(random: () => number): number {
  let share = random() * 100;
  const at = COUNTS.findIndex((percent) => {
    share -= percent;
    return share < 0;
  });
  return at < 0 ? COUNTS.length : at + 1;
}

/** Things of these kinds that hide no more than this of each other; null where one found no place. */
function placed(kinds: readonly Kind[], hidden: number, random: () => number): readonly Thing[] | null {
  // Many large things have no room.
  const most = Math.max(LEAST, MOST * Math.min(1, 1.3 / kinds.length ** 0.4));
  const things: Thing[] = [];
  for (const [index, kind] of kinds.entries()) {
    const place = somePlace(kind, () => LEAST + (most - LEAST) * random(), things, hidden, random);
    if (!place) return null;
    things.push({ id: index + 1, kind, ...place, flipped: random() < 0.4 });
  }
  return things;
}

function somePlace(
  kind: Kind,
  someSize: () => number,
  things: readonly Thing[],
  hidden: number,
  random: () => number,
): Place | null {
  for (let tried = 0; tried < TRIES; tried++) {
    const size = someSize();
    const [width, height] = extentOf({ kind, size });
    const x = width / 2 + random() * (1 - width);
    const y = height / 2 + random() * (1 - height);
    const box = boxOf({ kind, x, y, size });
    if (things.every((thing) => hiddenShare(box, boxOf(thing)) <= hidden)) return { x, y, size };
  }
  return null;
}

function oneOf<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('There is nothing to choose from.');
  return value;
}
