import { expect, it } from 'vitest';
import { composeScene } from '../../../src/scenes/compose.ts';
import { truthOf } from '../../../src/scenes/scene.ts';
import { isSceneTruth } from '../../../src/scenes/truth.ts';

const thing = { kind: 'cat', box: [0.1, 0.2, 0.3, 0.4] };
const whole = { background: 'red', things: [thing] };

it('the truth of a scene survives being stored', () => {
  for (let seed = 0; seed < 50; seed++) {
    const truth = truthOf(composeScene(seed));
    expect(isSceneTruth(structuredClone(truth))).toBe(true);
  }
  expect(isSceneTruth(whole)).toBe(true);
  expect(isSceneTruth({ ...whole, things: [] })).toBe(true);
});

it.each([
  ['nothing', null],
  ['a text', 'red'],
  ['no background', { things: [thing] }],
  ['a background nobody knows', { ...whole, background: '<b>' }],
  ['no list', { ...whole, things: { length: 1, 0: thing } }],
  ['too many things', { ...whole, things: Array(13).fill(thing) }],
  ['no thing', { ...whole, things: [null] }],
  ['a kind nobody knows', { ...whole, things: [{ ...thing, kind: 'constructor' }] }],
  ['a kind that is no text', { ...whole, things: [{ ...thing, kind: ['cat'] }] }],
  ['three edges', { ...whole, things: [{ ...thing, box: [0, 0, 1] }] }],
  ['an edge that is no number', { ...whole, things: [{ ...thing, box: [0, 0, '1', 1] }] }],
  ['an edge that is not a number', { ...whole, things: [{ ...thing, box: [0, 0, Number.NaN, 1] }] }],
  ['an edge off the picture', { ...whole, things: [{ ...thing, box: [0, 0, 1.01, 1] }] }],
  ['corners in the wrong order', { ...whole, things: [{ ...thing, box: [0.5, 0, 0.4, 1] }] }],
])('%s is no truth of a scene', (_, value) => {
  expect(isSceneTruth(value)).toBe(false);
});
