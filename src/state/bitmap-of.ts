import { AppError } from '../protocol/errors.ts';

/** A picture's pixels, to be closed by whoever takes them. @throws AppError IMAGE_DAMAGED */
export async function bitmapOf(picture: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(picture);
  } catch {
    throw new AppError('IMAGE_DAMAGED', 'The browser cannot read this picture. Save it as PNG or JPEG and try again.');
  }
}
