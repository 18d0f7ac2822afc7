import { outside, overlap, type Rect } from './rect.ts';

const GAP = 12;

/** The side of `box` on which a panel of this size leaves the stage least and covers the least of the other boxes. */
export function placeBeside(
  box: Rect,
  size: { readonly width: number; readonly height: number },
  others: readonly Rect[],
  stage: Rect,
): Rect {
  const { width, height } = size;
  const x = clamp(box.x, stage.x + GAP, stage.x + stage.width - width - GAP);
  const y = clamp(box.y, stage.y + GAP, stage.y + stage.height - height - GAP);
  const sides: readonly Rect[] = [
    { x: box.x + box.width + GAP, y, width, height },
    { x: box.x - width - GAP, y, width, height },
    { x, y: box.y + box.height + GAP, width, height },
    { x, y: box.y - height - GAP, width, height },
  ];
  const cost = (side: Rect) => 10 * outside(side, stage) + others.reduce((sum, other) => sum + overlap(side, other), 0);
  const best = sides.reduce((least, side) => (cost(side) < cost(least) ? side : least));
  return {
    ...best,
    x: clamp(best.x, stage.x + GAP, stage.x + stage.width - width - GAP),
    y: clamp(best.y, stage.y + GAP, stage.y + stage.height - height - GAP),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
