import { AppError } from './errors.ts';

const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [0, 0, 0],
] as const;
/** Some browsers change each value a little wherever a page reads it, which an answer does not notice. */
const TOLERANCE = 32;

/**
 * Checks that a canvas gives back what was drawn on it. Browsers that resist fingerprinting give pages noise in its place,
 * without a word, until a person allows it.
 * @throws AppError CANVAS_DENIED
 */
export function checkCanvas(): void {
  const pen = new OffscreenCanvas(COLOURS.length, 1).getContext('2d', { alpha: false, willReadFrequently: true });
  // Where there is no canvas at all, who wants to draw says so.
  if (!pen) return;
  for (const [x, colour] of COLOURS.entries()) {
    pen.fillStyle = `rgb(${colour.join(' ')})`;
    pen.fillRect(x, 0, 1, 1);
  }
  const { data } = pen.getImageData(0, 0, COLOURS.length, 1);
  const isTrue = (value: number, at: number) => Math.abs(value - (data[at] as number)) <= TOLERANCE;
  if (COLOURS.every((colour, x) => colour.every((value, channel) => isTrue(value, 4 * x + channel)))) return;
  const message =
    'This browser gives pages invented pixels in place of a picture, to resist fingerprinting. Allow this site to use canvas image data (the icon in the address bar), then load the page again.';
  throw new AppError('CANVAS_DENIED', message);
}
