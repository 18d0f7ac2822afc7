import { AppError } from '../../protocol/errors.ts';

/** The error for a picture whose bytes cannot all be decoded. */
export function damaged(cause?: unknown): AppError {
  return new AppError(
    'IMAGE_DAMAGED',
    'The picture is damaged or incomplete and cannot be decoded. Open or download the original again and try once more.',
    {},
    cause,
  );
}

/** The error for a picture in a format that the decoder at hand does not know, such as HEIC in most browsers. */
export function unreadableFormat(format: string, cause?: unknown): AppError {
  return new AppError(
    'IMAGE_NOT_AN_IMAGE',
    `${format.toUpperCase()} pictures cannot be read here. Save it as PNG or JPEG and try again.`,
    { format },
    cause,
  );
}
