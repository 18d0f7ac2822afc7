import type { UnitBox } from '../kosmos2/box.ts';
import { isKind, type Kind } from './kinds.ts';

/** Most things in one scene. */
export const MOST_THINGS = 12;

/** What the model was taught to call a background. */
export const BACKGROUND_WORDS = [
  'sky and grass',
  'sky and sand',
  'sky and sea',
  'sky and snow',
  'a night sky',
  'a room',
  'stripes',
  'colorful',
  'white',
  'yellow',
  'orange',
  'red',
  'pink',
  'purple',
  'blue',
  'green',
  'brown',
  'gray',
  'black',
] as const;

export type BackgroundWord = (typeof BACKGROUND_WORDS)[number];

/** A thing that is known to be on a picture. */
export interface KnownThing {
  readonly kind: Kind;
  readonly box: UnitBox;
}

/** What is known of a picture that was made of a scene. */
export interface SceneTruth {
  readonly background: BackgroundWord;
  /** Back to front. */
  readonly things: readonly KnownThing[];
}

/** Whether a stored value is the truth of a scene: known words, and boxes that lie on a picture. */
export function isSceneTruth(value: unknown): value is SceneTruth {
  if (typeof value !== 'object' || value === null || !('background' in value) || !('things' in value)) return false;
  const { background, things } = value;
  if (!(BACKGROUND_WORDS as readonly unknown[]).includes(background)) return false;
  return Array.isArray(things) && things.length <= MOST_THINGS && things.every(isKnownThing);
}

function isKnownThing(value: unknown): value is KnownThing {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('box' in value)) return false;
  return isKind(value.kind) && isBoxOnPicture(value.box);
}

/** Corners in order, and in 0..1 but for the error of adding and taking away halves. */
function isBoxOnPicture(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [x1, y1, x2, y2] = value;
  return value.every((edge) => typeof edge === 'number' && edge >= -1e-9 && edge <= 1 + 1e-9) && x1 < x2 && y1 < y2;
}
