import { expect, it } from 'vitest';
import { AppError } from '../../../src/protocol/errors.ts';
import { sentence } from '../../../src/ui/strings/german/errors.ts';
import { fakeApp } from './fake-app.ts';

it.each([
  [2, 'one more was not opened. Remove one first.', 'ein weiteres wurde nicht geöffnet. Entferne zuerst eines.'],
  [3, '2 more were not opened. Remove some first.', '2 weitere wurden nicht geöffnet. Entferne zuerst einige.'],
])('of %i pictures where one fits, what was left out is told in one sentence', async (number, english, german) => {
  let room = 1;
  const { actions, store } = fakeApp({
    async setImage(image) {
      if (room-- === 0) throw new AppError('IMAGE_LIMIT', 'Full.', { limit: 256 });
      return { image, width: 4, height: 3 };
    },
  });
  await actions.addImages(Array.from({ length: number }, () => new Blob(['picture'])));
  const told = store.getState().notices.map(({ error }) => error);
  expect(told.map(({ message }) => message)).toEqual([`256 images are open, the most there can be: ${english}`]);
  expect(told.map(sentence)).toEqual([`256 Bilder sind offen, mehr geht nicht: ${german}`]);
});
