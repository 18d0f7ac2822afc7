import { describe, expect, it } from 'vitest';
import { composeScene } from '../../../src/scenes/compose.ts';
import { restacked, withChange, withoutThing, withThing } from '../../../src/scenes/edit.ts';
import { boxOf, type Scene, SIZES } from '../../../src/scenes/scene.ts';
import { beyondTaught } from '../../../src/scenes/taught.ts';
import { MOST_THINGS } from '../../../src/scenes/truth.ts';

const PLACE = { x: 0.5, y: 0.5, size: 0.3 };
const EMPTY: Scene = { background: 'meadow', things: [] };

describe('editing a scene', () => {
  it('adds things in front, each with an id of its own, up to the most', () => {
    let scene = withoutThing(withThing(withThing(EMPTY, 'dog', PLACE), 'cat', PLACE), 1);
    for (let more = 0; more < 20; more++) scene = withThing(scene, 'bee', PLACE);
    expect(scene.things).toHaveLength(MOST_THINGS);
    expect(new Set(scene.things.map(({ id }) => id)).size).toBe(MOST_THINGS);
    expect(scene.things.at(-1)?.kind).toBe('bee');
    expect(withThing(scene, 'dog', PLACE)).toBe(scene);
  });

  it('keeps a thing whole inside the picture, and is the same scene where nothing changes', () => {
    const scene = withThing(EMPTY, 'bus', { ...PLACE, x: 5, y: -5 });
    const [x1, y1, x2] = scene.things[0] ? boxOf(scene.things[0]) : [];
    expect(y1).toBeCloseTo(0, 9);
    expect(x2).toBeCloseTo(1, 9);
    expect(x1).toBeGreaterThan(0.5);
    expect(withChange(scene, 1, { x: 9 })).toBe(scene);
    expect(withChange(scene, 77, { x: 0.5 })).toBe(scene);
    expect(withChange(scene, 1, { size: 9 }).things[0]?.size).toBe(SIZES.most);
  });

  it('moves a thing one step to the front or the back, and not beyond', () => {
    const scene = ['dog', 'cat', 'bee'].reduce((now, kind) => withThing(now, kind as 'dog', PLACE), EMPTY);
    const kinds = (now: Scene) => now.things.map(({ kind }) => kind).join(' ');
    expect(kinds(restacked(scene, 1, 1))).toBe('cat dog bee');
    expect(kinds(restacked(scene, 3, -1))).toBe('dog bee cat');
    expect(restacked(scene, 3, 1)).toBe(scene);
    expect(restacked(scene, 1, -1)).toBe(scene);
  });
});

describe('what the demo model was never taught', () => {
  it('is nothing of a composed scene', () => {
    for (let seed = 0; seed < 300; seed++) expect(beyondTaught(composeScene(seed))).toEqual([]);
    expect(beyondTaught(EMPTY)).toEqual([]);
  });

  it('is more than ten things, things that hide much of each other, and large ones', () => {
    const beside = (size: number, ...xs: number[]): Scene => ({
      ...EMPTY,
      things: xs.map((x, id) => ({ id, kind: 'star', x, y: 0.5, size, flipped: false })),
    });
    expect(beyondTaught(beside(0.3, 0.2, 0.6))).toEqual([]);
    expect(beyondTaught(beside(0.3, 0.2, 0.38))).toEqual([]);
    expect(beyondTaught(beside(0.3, 0.2, 0.3))).toEqual(['hidden']);
    expect(beyondTaught(beside(SIZES.least, 0.2, 0.6))).toEqual([]);
    expect(beyondTaught(beside(0.6, 0.4))).toEqual(['large']);
    const row = (count: number) => beside(0.08, ...Array.from({ length: count }, (_, at) => 0.05 + at * 0.09));
    expect(beyondTaught(row(10))).toEqual([]);
    expect(beyondTaught(row(11))).toEqual(['many']);
  });
});
