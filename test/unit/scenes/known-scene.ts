import { type UnitBox, unitBox } from '../../../src/kosmos2/box.ts';
import type { Entity } from '../../../src/kosmos2/grounded-text.ts';
import type { KnownThing, SceneTruth } from '../../../src/scenes/truth.ts';

export const thing = (kind: KnownThing['kind'], ...box: [number, number, number, number]): KnownThing => ({
  kind,
  box: unitBox(...box),
});
export const leftDog = thing('dog', 0.05, 0.5, 0.25, 0.7);
export const rightDog = thing('dog', 0.7, 0.1, 0.95, 0.4);
export const bus = thing('bus', 0.4, 0.6, 0.65, 0.8);
export const things = [leftDog, rightDog, bus];
export const truth: SceneTruth = { background: 'sky and grass', things };

export const entity = (phrase: string | null, boxes: readonly UnitBox[], score: number | null = 0.5): Entity => ({
  index: 0,
  phrase,
  start: 0,
  end: 1,
  complete: true,
  score,
  boxes: boxes.map((box) => ({ upperLeft: 0, lowerRight: 1023, box, score })),
});
export const near = ([x1, y1, x2, y2]: UnitBox) => unitBox(x1 + 0.02, y1 - 0.01, x2 + 0.01, y2 + 0.01);
