import { describe, expect, it } from 'vitest';
import { unitBox } from '../../../../src/kosmos2/box.ts';
import { mulberry32 } from '../../../../src/kosmos2/random.ts';
import { placeBeside } from '../../../../src/ui/stage/place-beside.ts';
import { placeLabels } from '../../../../src/ui/stage/place-labels.ts';
import { positionWords } from '../../../../src/ui/stage/position-words.ts';
import { holds, inside, outside, overlap, type Rect } from '../../../../src/ui/stage/rect.ts';

const stage: Rect = { x: 0, y: 0, width: 600, height: 400 };
const label = { width: 80, height: 22 };
const short = { width: 24, height: 22 };

describe('placeLabels', () => {
  const place = (boxes: readonly Rect[]) =>
    placeLabels(
      boxes,
      boxes.map(() => [label, short] as const),
      stage,
    );
  const rects = (boxes: readonly Rect[]) => place(boxes).flatMap((each) => (each ? [each.rect] : []));

  it('puts a label above the upper left corner where there is room', () => {
    expect(place([{ x: 100, y: 100, width: 90, height: 90 }])).toEqual([
      { rect: { x: 100, y: 78, ...label }, short: false },
    ]);
  });

  it('keeps every label on the stage, also for boxes at its edges or partly beyond them', () => {
    const edges: Rect[] = [];
    for (const x of [-30, 280, 590]) for (const y of [-30, 180, 370]) edges.push({ x, y, width: 40, height: 40 });
    expect(rects(edges)).toHaveLength(edges.length);
    for (const rect of rects(edges)) expect(outside(rect, stage)).toBe(0);
  });

  it('gives a box out of sight no label', () => {
    expect(place([{ x: 700, y: 10, width: 90, height: 90 }])).toEqual([null]);
  });

  it('never lets labels cover one another or leave the stage, on 50 random layouts', () => {
    const random = mulberry32(7);
    let shortened = 0;
    for (let layout = 0; layout < 50; layout++) {
      const boxes = Array.from({ length: 4 + layout }, (): Rect => {
        const width = 20 + random() * 200;
        const height = 20 + random() * 200;
        return { x: random() * 600 - width / 2, y: random() * 400 - height / 2, width, height };
      });
      const places = rects(boxes);
      places.forEach((rect, index) => {
        expect(inside(rect, stage)).toBe(true);
        for (const other of places.slice(index + 1)) expect(overlap(rect, other)).toBe(0);
      });
      // Leaving labels out would be no art: a dozen boxes all have theirs, whole.
      if (boxes.length <= 12) expect(places).toHaveLength(boxes.length);
      shortened += place(boxes).filter((each) => each?.short).length;
    }
    expect(shortened).toBeGreaterThan(0);
  });

  it('leaves a label where it is when more boxes arrive', () => {
    const boxes = Array.from(
      { length: 12 },
      (_, index): Rect => ({ x: 37 * index, y: (91 * index) % 300, width: 100, height: 80 }),
    );
    expect(place(boxes).slice(0, 5)).toEqual(place(boxes.slice(0, 5)));
  });
});

describe('placeBeside', () => {
  const size = { width: 190, height: 84 };
  const none = { x: 0, y: 0, width: 0, height: 0 };

  it('covers neither the box nor another one while a side is free', () => {
    const box = { x: 200, y: 150, width: 100, height: 100 };
    const others = [{ x: 310, y: 150, width: 250, height: 100 }];
    const place = placeBeside(box, size, others, stage, none);
    expect(overlap(place, box)).toBe(0);
    expect(others.map((other) => overlap(place, other))).toEqual([0]);
  });

  it('goes further away where all four sides are taken', () => {
    const box = { x: 200, y: 150, width: 100, height: 60 };
    const ring = [
      { x: 310, y: 0, width: 100, height: 400 },
      { x: 90, y: 0, width: 100, height: 400 },
      { x: 90, y: 0, width: 320, height: 140 },
      { x: 90, y: 220, width: 320, height: 180 },
    ];
    const place = placeBeside(box, { width: 170, height: 84 }, ring, stage, none);
    expect([box, ...ring].map((other) => overlap(place, other))).toEqual([0, 0, 0, 0, 0]);
    expect(outside(place, stage)).toBe(0);
  });

  it('stays near its box where only a far corner is free', () => {
    const box = { x: 480, y: 300, width: 60, height: 60 };
    const others = [
      { x: 220, y: 0, width: 380, height: 400 },
      { x: 0, y: 120, width: 220, height: 280 },
    ];
    const place = placeBeside(box, size, others, stage, none);
    expect(overlap(place, box)).toBe(0);
    expect(box.x - place.x - place.width).toBeLessThan(100);
  });

  it('lies over an edge of its own box rather than over another one, and over neither of its corners', () => {
    // The first sample on a laptop.
    const laptop: Rect = { x: 0, y: 0, width: 883, height: 655 };
    const turtle = { x: 499, y: 230, width: 228, height: 133 };
    const others = [
      { x: 131, y: 117, width: 252, height: 184 },
      { x: 370, y: 286, width: 126, height: 188 },
      { x: 234, y: 439, width: 128, height: 127 },
    ];
    const place = placeBeside(turtle, { width: 245, height: 302 }, others, laptop, none);
    expect(overlap(place, turtle)).toBeGreaterThan(0);
    for (const other of others) expect(overlap(place, other)).toBeLessThan(0.2 * other.width * other.height);
    expect(holds(place, { x: 499, y: 230 }) || holds(place, { x: 727, y: 363 })).toBe(false);
    expect(outside(place, laptop)).toBe(0);
  });

  it('stays on the stage also beside a box that fills it', () => {
    expect(outside(placeBeside({ x: 0, y: 0, width: 600, height: 400 }, size, [], stage, none), stage)).toBe(0);
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
