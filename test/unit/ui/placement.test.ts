import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import { placeBeside } from '../../../src/ui/stage/place-beside.ts';
import { placeLabels } from '../../../src/ui/stage/place-labels.ts';
import { positionWords } from '../../../src/ui/stage/position-words.ts';
import { outside, overlap, type Rect } from '../../../src/ui/stage/rect.ts';

const stage: Rect = { x: 0, y: 0, width: 600, height: 400 };
const label = { width: 80, height: 22 };

describe('placeLabels', () => {
  it('puts a label above the upper left corner where there is room', () => {
    expect(placeLabels([{ x: 100, y: 100, width: 90, height: 90 }], [label], stage)).toEqual([
      { x: 100, y: 78, ...label },
    ]);
  });

  it('keeps every label on the stage, also for boxes at its edges', () => {
    const edges: Rect[] = [];
    for (const x of [0, 280, 560]) for (const y of [0, 180, 360]) edges.push({ x, y, width: 40, height: 40 });
    for (const place of placeLabels(
      edges,
      edges.map(() => label),
      stage,
    ))
      expect(outside(place, stage)).toBe(0);
  });

  it('lets no label cover another one while there is room', () => {
    const crowd = Array.from(
      { length: 6 },
      (_, index): Rect => ({ x: 100 + 20 * index, y: 100 + 30 * index, width: 120, height: 90 }),
    );
    const places = placeLabels(
      crowd,
      crowd.map(() => label),
      stage,
    );
    places.forEach((place, index) => {
      for (const other of places.slice(index + 1)) expect(overlap(place, other)).toBe(0);
    });
  });

  it('leaves a label where it is when more boxes arrive', () => {
    const boxes = Array.from(
      { length: 12 },
      (_, index): Rect => ({ x: 37 * index, y: (91 * index) % 300, width: 100, height: 80 }),
    );
    const all = placeLabels(
      boxes,
      boxes.map(() => label),
      stage,
    );
    const some = placeLabels(
      boxes.slice(0, 5),
      boxes.map(() => label),
      stage,
    );
    expect(all.slice(0, 5)).toEqual(some);
  });
});

describe('placeBeside', () => {
  const size = { width: 190, height: 84 };

  it('covers neither the box nor another one while a side is free', () => {
    const box = { x: 200, y: 150, width: 100, height: 100 };
    const others = [{ x: 310, y: 150, width: 250, height: 100 }];
    const place = placeBeside(box, size, others, stage);
    expect(overlap(place, box)).toBe(0);
    expect(others.map((other) => overlap(place, other))).toEqual([0]);
  });

  it('stays on the stage also beside a box that fills it', () => {
    expect(outside(placeBeside({ x: 0, y: 0, width: 600, height: 400 }, size, [], stage), stage)).toBe(0);
  });
});

describe('positionWords', () => {
  it.each([
    [unitBox(0, 0, 0.2, 0.2), 'on the left, at the top'],
    [unitBox(0.4, 0.4, 0.6, 0.6), 'in the centre'],
    [unitBox(0.4, 0.8, 0.6, 1), 'at the bottom'],
    [unitBox(0.8, 0.4, 1, 0.6), 'on the right'],
    [unitBox(1, 1, 1, 1), 'on the right, at the bottom'],
  ])('says where %o is', (box, words) => {
    expect(positionWords(box)).toBe(words);
  });
});
