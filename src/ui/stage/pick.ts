import { grown, holds, type Rect } from './rect.ts';
import type { Point } from './view.ts';

/** Something on the stage that can be picked: a box of an answer or a region of the question. */
export interface Pickable {
  readonly key: string;
  readonly rect: Rect;
  /** Its label, which can be pressed as well; null where it has none. */
  readonly tag: Rect | null;
}

/** How far beside a box a press still means it, in CSS pixels. */
const SLACK = 5;

/** What lies under a point: what is named there by a label first, then the smallest on top. */
export function under<T extends Pickable>(items: readonly T[], point: Point): readonly T[] {
  const area = ({ rect }: T) => rect.width * rect.height;
  const named = items.filter(({ tag }) => tag && holds(tag, point)).reverse();
  const held = items.filter((item) => !named.includes(item) && holds(grown(item.rect, SLACK), point));
  return [...named, ...held.toSorted((a, b) => area(a) - area(b))];
}

/**
 * What a press picks: the first of what lies there, and pressed at the same point again the next one, in turns, so that
 * every box of a pile can be reached.
 * @param last key of what the press before picked at this point; null where it was elsewhere
 */
export function pickOf<T extends Pickable>(found: readonly T[], last: string | null): T | undefined {
  return found[(found.findIndex(({ key }) => key === last) + 1) % found.length];
}
