import { expect, it } from 'vitest';
import { composedScenes } from '../../../src/evaluation/datasets/composed-scenes.ts';
import { readPhrase } from '../../../src/scenes/phrase.ts';

const { samples, scenes } = composedScenes(1, 200);

it('composed phrases are the same first ones whatever their number, each by an id of its own', () => {
  expect(composedScenes(1, 50).samples).toEqual(samples.slice(0, 50));
  expect(new Set(samples.map(({ id }) => id)).size).toBe(200);
});

it('a phrase names every thing of its kind on its scene, as the model was taught', () => {
  for (const { image, phrase, boxes } of samples) {
    const naming = readPhrase(phrase);
    const alike = scenes.get(image)?.things.filter(({ kind }) => kind === naming?.what);
    expect(boxes, phrase).toHaveLength(alike?.length ?? 0);
    for (const box of boxes) for (const side of box) expect(side).toBeGreaterThanOrEqual(-1e-9);
  }
});
