import { mulberry32 } from '../../../src/kosmos2/random.ts';
import type { Corners } from './show-stage.tsx';

/** So many boxes all over a picture; the same each time. */
export function manyCorners(count: number): readonly Corners[] {
  const random = mulberry32(3);
  return Array.from({ length: count }, (): Corners => {
    const [width, height] = [0.03 + random() * 0.2, 0.03 + random() * 0.2];
    const [x, y] = [random() * (1 - width), random() * (1 - height)];
    return [x, y, x + width, y + height];
  });
}
