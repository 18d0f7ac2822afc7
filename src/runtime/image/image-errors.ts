import { AppError } from '../../protocol/errors.ts';

const READABLE = 'PNG, JPEG, WebP, GIF or AVIF';

/** The error for a file that is none of the picture formats of the web; drawings are no pixels and are refused by name. */
export function notAnImage(isSvg: boolean): AppError {
  const message = isSvg
    ? `SVG drawings cannot be opened. Save the picture as one of ${READABLE} and try again.`
    : `The file is not a picture that can be opened. Choose a ${READABLE} file.`;
  return new AppError('IMAGE_NOT_AN_IMAGE', message);
}

/** The error for a picture whose bytes cannot all be decoded. */
export function damaged(cause?: unknown): AppError {
  return new AppError(
    'IMAGE_DAMAGED',
    'The picture is damaged or incomplete and cannot be decoded. Open or download the original again and try once more.',
    {},
    cause,
  );
}

/** The error for a picture of a size that is allowed, but for which there is no memory here. */
export function tooLargeHere(width: number, height: number, cause?: unknown): AppError {
  const megapixels = Math.round((width * height) / 1e6);
  return new AppError(
    'IMAGE_TOO_LARGE',
    `There is no memory here for a picture of ${width} × ${height} pixels (${megapixels} megapixels). Close other tabs, or make it smaller and try again.`,
    { width, height },
    cause,
  );
}

/** The error for a picture in a format that the decoder at hand does not know, such as HEIC in most browsers. */
export function unreadableFormat(format: string, cause?: unknown): AppError {
  return new AppError(
    'IMAGE_NOT_AN_IMAGE',
    `${format.toUpperCase()} pictures cannot be read here. Save the picture as PNG or JPEG and try again.`,
    { format },
    cause,
  );
}
