import { mulberry32 } from '../kosmos2/random.ts';
import { BACKGROUNDS } from './backgrounds.ts';
import { KINDS, type Kind } from './kinds.ts';
import { areApart, boxOf, extentOf, fitted, type Scene, type Thing } from './scene.ts';

/** How often the model was shown one thing, two, and so on; in percent. */
const COUNTS = [17, 28, 27, 17, 11];
/** Sizes the model was shown, rising. */
export const TAUGHT_SIZES: readonly number[] = [0.19, 0.21, 0.23, 0.25, 0.27, 0.3, 0.33, 0.37, 0.4, 0.44, 0.48, 0.52];
/** How many of those sizes a scene of so many things can have: many large things have no room. */
const SIZES_OF = [12, 12, 10, 8, 8];
/** How often a thing is another of a kind that is there already. */
const TWIN = 0.28;
/** Share of scenes with sky and grass, and of those with a background of two colours. */
const MEADOW = 0.2;
const COLOURFUL = 0.15;
/** Least distance between two things, in 0..1 of the picture. */
export const GAP = 0.015;
/** Places tried for one thing before the scene is begun anew. */
const TRIES = 40;

/** A scene like those the model was taught; the same for the same seed (0 to 2^32 - 1). */
export function composeScene(seed: number): Scene {
  const random = mulberry32(seed);
  const background = someBackground(random);
  const kinds = someKinds(random);
  for (;;) {
    const things = placed(kinds, random);
    if (things) return { background, things };
  }
}

/** A place for one more thing of a kind, clear of the others where there is room, and then in front of them. */
export function roomFor(kind: Kind, things: readonly Thing[], seed: number): Pick<Thing, 'x' | 'y' | 'size'> {
  const random = mulberry32(seed);
  const place = somePlace(kind, () => 0.3, things, random) ?? somePlace(kind, () => 0.2, things, random);
  if (place) return place;
  const { x, y, size } = fitted({ kind, x: random(), y: random(), size: 0.2 });
  return { x, y, size };
}

function someBackground(random: () => number): string {
  const share = random();
  const word = share < MEADOW ? 'sky and grass' : share < MEADOW + COLOURFUL ? 'colorful' : null;
  const fitting = BACKGROUNDS.filter((one) =>
    word === null ? one.word !== 'sky and grass' && one.word !== 'colorful' : one.word === word,
  );
  return oneOf(fitting, random).id;
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

/** Things of these kinds apart from each other; null where one found no place. */
function placed(kinds: readonly Kind[], random: () => number): readonly Thing[] | null {
  const sizes = TAUGHT_SIZES.slice(0, SIZES_OF[kinds.length - 1]);
  const things: Thing[] = [];
  for (const [index, kind] of kinds.entries()) {
    const place = somePlace(kind, () => oneOf(sizes, random), things, random);
    if (!place) return null;
    things.push({ id: index + 1, kind, ...place, flipped: random() < 0.4 });
  }
  return things;
}

function somePlace(
  kind: Kind,
  someSize: () => number,
  things: readonly Thing[],
  random: () => number,
): Pick<Thing, 'x' | 'y' | 'size'> | null {
  for (let tried = 0; tried < TRIES; tried++) {
    const size = someSize();
    const [width, height] = extentOf({ kind, size });
    const x = width / 2 + random() * (1 - width);
    const y = height / 2 + random() * (1 - height);
    const box = boxOf({ kind, x, y, size });
    if (things.every((thing) => areApart(box, boxOf(thing), GAP))) return { x, y, size };
  }
  return null;
}

function oneOf<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('There is nothing to choose from.');
  return value;
}
