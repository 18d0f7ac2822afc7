import { type UnitBox, unitBox } from '../kosmos2/box.ts';
import { backgroundOf } from './backgrounds.ts';
import type { Kind } from './kinds.ts';
import { CELLS } from './sprite-cells.ts';
import type { SceneTruth } from './truth.ts';

/** Pixels of a picture made of a scene: the shape of the sample scenes. */
export const PICTURE = { width: 960, height: 720 } as const;

/** Smallest and largest size of a thing: what the model has seen, and a little more. */
export const SIZES = { least: 0.05, most: 0.6 } as const;

/** Most things in one scene the demo model was taught. */
export const TAUGHT_THINGS = 10;

/** A thing of a scene. */
export interface Thing {
  /** Its own in the scene. */
  readonly id: number;
  readonly kind: Kind;
  /** Centre in 0..1 of the picture. */
  readonly x: number;
  readonly y: number;
  /** Its longer side in 0..1 of the picture, as the model sees it: every picture is a square to it. */
  readonly size: number;
  /** Whether it looks the other way. */
  readonly flipped: boolean;
}

/** What is drawn, back to front. */
export interface Scene {
  /** Id of a background. */
  readonly background: string;
  readonly things: readonly Thing[];
}

/** How wide and high a thing of this size is, in 0..1 of the picture. */
export function extentOf({ kind, size }: Pick<Thing, 'kind' | 'size'>): readonly [width: number, height: number] {
  const [, , width, height] = CELLS[kind];
  const ratio = ((width / height) * PICTURE.height) / PICTURE.width;
  return ratio >= 1 ? [size, size / ratio] : [size * ratio, size];
}

/** Where a thing is on the picture. */
export function boxOf(thing: Pick<Thing, 'kind' | 'size' | 'x' | 'y'>): UnitBox {
  const [width, height] = extentOf(thing);
  const { x, y } = thing;
  return unitBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
}

/** A thing with a size that is allowed, moved so that all of it is inside the picture. */
export function fitted<T extends Pick<Thing, 'kind' | 'size' | 'x' | 'y'>>(thing: T): T {
  const size = clamped(thing.size, SIZES.least, SIZES.most);
  const [width, height] = extentOf({ kind: thing.kind, size });
  const x = clamped(thing.x, width / 2, 1 - width / 2);
  const y = clamped(thing.y, height / 2, 1 - height / 2);
  return { ...thing, size, x, y };
}

/** What is known of a picture of this scene. */
export function truthOf({ background, things }: Scene): SceneTruth {
  return {
    background: backgroundOf(background).word,
    things: things.map((thing) => ({ kind: thing.kind, box: boxOf(thing) })),
  };
}

/** The share of the smaller of two boxes that they have in common: what one thing may hide of the other. */
export function hiddenShare(a: UnitBox, b: UnitBox): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const [one, other] = [a, b].map((box) => (box[2] - box[0]) * (box[3] - box[1])) as [number, number];
  return (width * height) / Math.min(one, other);
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
