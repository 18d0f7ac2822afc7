import { afterEach, expect, it, vi } from 'vitest';
import { composedScenes } from '../../../src/evaluation/datasets/composed-scenes.ts';
import { type Answerer, evaluate } from '../../../src/evaluation/evaluate.ts';
import { drawnPictures } from '../../../src/ui/evaluation/drawn-pictures.ts';
import { collect } from '../../support/collect.ts';

afterEach(() => vi.unstubAllGlobals());

it('what scenes are drawn with does not come: the run ends with a word of the connection, and no picture is called missing', async () => {
  vi.stubGlobal(
    'Image',
    class {
      decode = () => Promise.reject(new DOMException('The source image cannot be decoded.', 'EncodingError'));
    },
  );
  const composed = composedScenes(1, 2);
  const pictures = drawnPictures(composed);
  const answerer: Answerer = { atOnce: 1, answer: async (image) => Promise.reject(await pictures(image)) };
  const run = collect(evaluate(composed.samples, answerer, new AbortController().signal));
  await expect(run).rejects.toMatchObject({
    code: 'PACKAGE_FETCH_FAILED',
    message: expect.stringMatching(/^sprites\.webp.*Check the connection/),
  });
});
