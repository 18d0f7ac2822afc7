import { describe, expect, it } from 'vitest';
import { BACKGROUNDS } from '../../../src/scenes/backgrounds.ts';
import { composeScene, HIDDEN, roomFor } from '../../../src/scenes/compose.ts';
import { KINDS } from '../../../src/scenes/kinds.ts';
import { boxOf, fitted, hiddenShare, type Scene, SIZES, TAUGHT_THINGS, truthOf } from '../../../src/scenes/scene.ts';
import { CELLS, SHEET } from '../../../src/scenes/sprite-cells.ts';
import { isSceneTruth } from '../../../src/scenes/truth.ts';

const scenes = Array.from({ length: 500 }, (_, seed) => composeScene(seed * 7919));

const pairs = ({ things }: Scene) => things.flatMap((a, i) => things.slice(i + 1).map((b) => [a, b] as const));

describe('a composed scene', () => {
  it('is the same for the same seed and another for another', () => {
    expect(composeScene(12)).toEqual(composeScene(12));
    expect(new Set(scenes.map((scene) => JSON.stringify(scene))).size).toBe(scenes.length);
  });

  it('has as many things as were taught at most, all inside the picture, and all to be seen', () => {
    for (const scene of scenes) {
      expect(scene.things.length).toBeGreaterThanOrEqual(1);
      expect(scene.things.length).toBeLessThanOrEqual(TAUGHT_THINGS);
      for (const thing of scene.things) {
        const [x1, y1, x2, y2] = boxOf(thing);
        expect(Math.min(x1, y1, 1 - x2, 1 - y2)).toBeGreaterThanOrEqual(-1e-9);
        expect(Math.max(x2 - x1, y2 - y1)).toBeCloseTo(thing.size, 9);
        expect(thing.size >= SIZES.least && thing.size <= SIZES.most).toBe(true);
      }
      for (const [a, b] of pairs(scene)) expect(hiddenShare(boxOf(a), boxOf(b))).toBeLessThanOrEqual(HIDDEN);
      expect(isSceneTruth(truthOf(scene))).toBe(true);
    }
  });

  it('has every kind, every number of things, every sort of background and twins', () => {
    expect(new Set(scenes.flatMap(({ things }) => things.map(({ kind }) => kind))).size).toBe(KINDS.length);
    expect(new Set(scenes.map(({ things }) => things.length)).size).toBe(7);
    expect(new Set(scenes.map(({ background }) => background)).size).toBe(BACKGROUNDS.length);
    expect(scenes.some((scene) => pairs(scene).some(([a, b]) => hiddenShare(boxOf(a), boxOf(b)) > 0.1))).toBe(true);
    expect(scenes.some((scene) => pairs(scene).some(([a, b]) => a.kind === b.kind))).toBe(true);
  });
});

it('one more thing is put where there is room, and on the picture where there is none', () => {
  for (const [seed, { things }] of scenes.entries()) {
    const place = { kind: 'bus' as const, ...roomFor('bus', things, seed) };
    const box = boxOf(place);
    const clear = things.every((thing) => hiddenShare(box, boxOf(thing)) === 0);
    expect(clear || things.length > 4).toBe(true);
    expect(fitted(place)).toEqual(place);
  }
});

it('a thing never leaves the picture, however far it is moved or grown', () => {
  for (const kind of KINDS) {
    for (const [x, y, size] of [
      [-3, 9, 0.3],
      [0.9, 0.05, 5],
      [0.5, 0.5, 0.001],
    ] as const) {
      const [x1, y1, x2, y2] = boxOf(fitted({ kind, x, y, size }));
      expect(Math.min(x1, y1, 1 - x2, 1 - y2)).toBeGreaterThanOrEqual(-1e-9);
    }
  }
});

it('sprites lie on their sheet, none over another', () => {
  const cells = Object.values(CELLS);
  for (const [x, y, width, height] of cells) {
    expect(x >= 0 && y >= 0 && x + width <= SHEET.width && y + height <= SHEET.height).toBe(true);
  }
  for (const [i, a] of cells.entries()) {
    for (const b of cells.slice(i + 1)) {
      expect(a[0] + a[2] <= b[0] || b[0] + b[2] <= a[0] || a[1] + a[3] <= b[1] || b[1] + b[3] <= a[1]).toBe(true);
    }
  }
});
