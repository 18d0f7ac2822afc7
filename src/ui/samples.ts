import { type PageImage, sampleImage } from '../state/page-image.ts';
// Made by training/publish.py.
import made from './samples.json' with { type: 'json' };
import { filmstrip } from './strings.ts';

/**
 * Scenes of public/samples, named in the page's language; the first is on the stage at first paint, also before the script
 * runs (index.html).
 */
export function samples(): readonly [PageImage, ...PageImage[]] {
  const [first, ...rest] = made.map(({ file, width, height, preview }, index) =>
    sampleImage(filmstrip.sample(index + 1), `./samples/${file}`, width, height, preview),
  );
  if (!first) throw new Error('samples.json is empty.');
  return [first, ...rest];
}
