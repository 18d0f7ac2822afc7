import type { Kind } from './kinds.ts';
import { fitted, type Scene, type Thing } from './scene.ts';
import { MOST_THINGS } from './truth.ts';

/** What of a thing a person changes. */
export type ThingChange = Partial<Pick<Thing, 'x' | 'y' | 'size' | 'flipped'>>;

/** The scene with one more thing in front of the others; the same scene where it holds as many as it can. */
export function withThing(scene: Scene, kind: Kind, place: Pick<Thing, 'x' | 'y' | 'size'>): Scene {
  if (scene.things.length >= MOST_THINGS) return scene;
  const id = Math.max(0, ...scene.things.map((thing) => thing.id)) + 1;
  return { ...scene, things: [...scene.things, fitted({ id, kind, ...place, flipped: false })] };
}

/** The scene with a thing changed as far as sizes and the edges of the picture allow; the same scene where that is not at all. */
export function withChange(scene: Scene, id: number, change: ThingChange): Scene {
  const before = scene.things.find((thing) => thing.id === id);
  if (!before) return scene;
  const after = fitted({ ...before, ...change });
  const keys = ['x', 'y', 'size', 'flipped'] as const;
  if (keys.every((key) => after[key] === before[key])) return scene;
  return { ...scene, things: scene.things.map((thing) => (thing === before ? after : thing)) };
}

export function withoutThing(scene: Scene, id: number): Scene {
  return { ...scene, things: scene.things.filter((thing) => thing.id !== id) };
}

/** The scene with a thing one step nearer to the front (1) or to the back (-1). */
export function restacked(scene: Scene, id: number, step: 1 | -1): Scene {
  const at = scene.things.findIndex((thing) => thing.id === id);
  const thing = scene.things[at];
  const to = at + step;
  if (!thing || to < 0 || to >= scene.things.length) return scene;
  return { ...scene, things: scene.things.toSpliced(at, 1).toSpliced(to, 0, thing) };
}
