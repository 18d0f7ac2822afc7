import { expect, it } from 'vitest';
import { unitBox } from '../../../src/kosmos2/box.ts';
import type { GroundedText } from '../../../src/kosmos2/grounded-text.ts';
import { patchPairToBox } from '../../../src/kosmos2/patch-index.ts';
import { onRegions } from '../../../src/state/on-regions.ts';
import { grounded } from './grounded.ts';

const drawn = unitBox(0.01, 0.02, 0.05, 0.06);
/** Those of the boxes that `grounded` makes. */
const patches = { upperLeft: 0, lowerRight: 33 };
const regions = [{ number: 1, patches, box: drawn }];
const asked = grounded('It is', [{ phrase: 'It', boxes: [patchPairToBox(patches)], score: null }]);

it('the box that was asked about lies in the answer where it lay in the question', () => {
  const [entity] = onRegions(asked, regions).entities;
  expect(entity?.boxes).toEqual([{ ...patches, box: drawn, score: null }]);
});

it('boxes that the model wrote, that a person moved, and that no question had, stay', () => {
  expect(onRegions(asked, [])).toBe(asked);
  expect(onRegions(asked, [{ number: 1, patches: { upperLeft: 0, lowerRight: 34 }, box: drawn }])).toBe(asked);
  const written = grounded('It is', [{ phrase: 'It', boxes: [patchPairToBox(patches)] }]);
  expect(onRegions(written, regions)).toBe(written);
  const [entity] = asked.entities;
  const boxes = entity?.boxes.map((box) => ({ ...box, edited: true }));
  const moved = { ...asked, entities: [{ ...entity, boxes }] } as GroundedText;
  expect(onRegions(moved, regions)).toBe(moved);
});
