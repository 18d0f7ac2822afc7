import { type PageImage, sampleImage } from '../state/page-image.ts';
import { filmstrip } from './strings.ts';

/**
 * Scenes of public/samples, named in the page's language; the first is on the stage at first paint, also before the script
 * runs (index.html).
 */
export function samples(): readonly [PageImage, ...PageImage[]] {
  return [
    sampleImage(filmstrip.sample(1), './samples/bike-turtle.png', 853, 640),
    sampleImage(filmstrip.sample(2), './samples/two-pigs.png', 640, 640),
    sampleImage(filmstrip.sample(3), './samples/rocket-cactus.png', 853, 640),
    sampleImage(filmstrip.sample(4), './samples/snowman-house.png', 640, 640),
    sampleImage(filmstrip.sample(5), './samples/monkey-gift.png', 853, 640),
  ];
}
