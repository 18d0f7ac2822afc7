import { AppError } from '../../protocol/errors.ts';
import { MAX_IMAGE_BYTES } from '../../protocol/image-limit.ts';

/** Decoding takes seven bytes a pixel, so this is 700 MB: the most a page can count on. Phones stay far below. */
export const MAX_PIXELS = 100_000_000;
/** Stays below the 32,767 at which canvases of today's browsers end. */
export const MAX_SIDE = 30_000;

/** @throws AppError IMAGE_TOO_LARGE for a file over 64 MB, IMAGE_NOT_AN_IMAGE for an empty one */
export function checkFileSize(bytes: number): void {
  if (bytes === 0) {
    throw new AppError('IMAGE_NOT_AN_IMAGE', 'The file is empty (0 bytes). Choose another picture.', { bytes });
  }
  if (bytes <= MAX_IMAGE_BYTES) return;
  throw new AppError(
    'IMAGE_TOO_LARGE',
    `The file has ${megabytes(bytes)} MB, and at most ${megabytes(MAX_IMAGE_BYTES)} MB can be opened. Save the picture smaller and try again.`,
    { bytes, limit: MAX_IMAGE_BYTES },
  );
}

/** @throws AppError IMAGE_TOO_LARGE for a picture of over 100 megapixels or 30,000 pixels a side */
export function checkDimensions(width: number, height: number): void {
  const side = Math.max(width, height);
  if (side > MAX_SIDE) {
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `The picture is ${width} x ${height} pixels, and at most ${MAX_SIDE} a side can be opened. Make it smaller and try again.`,
      { width, height, limit: MAX_SIDE },
    );
  }
  if (width * height > MAX_PIXELS) {
    throw new AppError(
      'IMAGE_TOO_LARGE',
      `The picture is ${width} x ${height} pixels (${Math.round((width * height) / 1e6)} megapixels), and at most ${MAX_PIXELS / 1e6} megapixels can be opened. Make it smaller and try again.`,
      { width, height, pixels: width * height, limit: MAX_PIXELS },
    );
  }
}

const megabytes = (bytes: number) => Math.ceil((bytes / 1024 / 1024) * 10) / 10;
