import { describe, expect, it } from 'vitest';
import { bounded, FIT, onPicture, panned, pictureIn, type StageLayout, zoomed } from '../../../../src/ui/stage/view.ts';

const layout: StageLayout = {
  of: 'a',
  stage: { x: 0, y: 0, width: 800, height: 600 },
  fit: { x: 50, y: 60, width: 700, height: 400 },
  most: 8,
};

describe('a view', () => {
  it('shows all of the picture in its place to begin with', () => {
    expect(pictureIn(FIT, layout)).toEqual(layout.fit);
  });

  it.each([1.1, 3, 100])('zoomed in by %f keeps the point under the pointer, anywhere on the picture', (factor) => {
    let view = FIT;
    for (const at of [
      { x: 50, y: 60 },
      { x: 700, y: 100 },
      { x: 123, y: 459 },
    ]) {
      const before = onPicture(at, pictureIn(view, layout));
      view = zoomed(view, layout, at, factor);
      const after = onPicture(at, pictureIn(view, layout));
      expect(after.x).toBeCloseTo(before.x, 9);
      expect(after.y).toBeCloseTo(before.y, 9);
    }
    expect(view.zoom).toBeLessThanOrEqual(layout.most);
  });

  it('never loses the picture: it always covers the place it has when it fits', () => {
    let view = FIT;
    for (let step = 0; step < 200; step++) {
      const at = { x: (step * 97) % 800, y: (step * 61) % 600 };
      view = zoomed(view, layout, at, step % 3 === 0 ? 0.6 : 1.3);
      view = panned(view, layout, { x: ((step * 331) % 900) - 450, y: ((step * 173) % 900) - 450 });
      const picture = pictureIn(view, layout);
      expect(picture.x).toBeLessThanOrEqual(layout.fit.x + 1e-9);
      expect(picture.y).toBeLessThanOrEqual(layout.fit.y + 1e-9);
      expect(picture.x + picture.width).toBeGreaterThanOrEqual(layout.fit.x + layout.fit.width - 1e-9);
      expect(picture.y + picture.height).toBeGreaterThanOrEqual(layout.fit.y + layout.fit.height - 1e-9);
    }
  });

  it('zoomed all the way out is the one it began as', () => {
    const far = zoomed(zoomed(FIT, layout, { x: 60, y: 70 }, 5), layout, { x: 700, y: 400 }, 0.01);
    expect(far).toEqual(FIT);
    expect(bounded({ zoom: 0.2, x: 40, y: -40 }, layout)).toEqual(FIT);
  });
});
