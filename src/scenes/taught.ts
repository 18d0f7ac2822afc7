import { boxOf, hiddenShare, type Scene, TAUGHT_THINGS } from './scene.ts';

/** How a scene goes beyond those the demo model was taught. */
export type Beyond = 'many' | 'hidden' | 'large';

/** Largest size of a thing that it was shown; the smallest is the least that a thing can have. */
const TAUGHT_SIZE = 0.55;
/** Most of the smaller of two things that the other hid. */
const TAUGHT_HIDDEN = 1 / 3;

/** For sums of halves. */
const EPSILON = 1e-6;

/** Everything about a scene that the demo model was never shown: expect it to miss things there. */
export function beyondTaught({ things }: Scene): readonly Beyond[] {
  const boxes = things.map(boxOf);
  const hidden = boxes.some((box, index) =>
    boxes.slice(index + 1).some((other) => hiddenShare(box, other) > TAUGHT_HIDDEN + EPSILON),
  );
  return [
    ...(things.length > TAUGHT_THINGS ? (['many'] as const) : []),
    ...(hidden ? (['hidden'] as const) : []),
    ...(things.some(({ size }) => size > TAUGHT_SIZE + EPSILON) ? (['large'] as const) : []),
  ];
}
