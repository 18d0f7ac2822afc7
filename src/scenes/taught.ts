import { GAP, TAUGHT_SIZES } from './compose.ts';
import { areApart, boxOf, type Scene, TAUGHT_THINGS } from './scene.ts';

/** How a scene goes beyond those the demo model was taught. */
export type Beyond = 'many' | 'close' | 'small' | 'large';

/** For room between sums of halves. */
const EPSILON = 1e-6;

/** Everything about a scene that the demo model was never shown: expect it to miss things there. */
export function beyondTaught({ things }: Scene): readonly Beyond[] {
  const boxes = things.map(boxOf);
  const close = boxes.some((box, index) =>
    boxes.slice(index + 1).some((other) => !areApart(box, other, GAP - EPSILON)),
  );
  const [least = 0] = TAUGHT_SIZES;
  const most = TAUGHT_SIZES.at(-1) ?? 1;
  return [
    ...(things.length > TAUGHT_THINGS ? (['many'] as const) : []),
    ...(close ? (['close'] as const) : []),
    ...(things.some(({ size }) => size < least - EPSILON) ? (['small'] as const) : []),
    ...(things.some(({ size }) => size > most + EPSILON) ? (['large'] as const) : []),
  ];
}
