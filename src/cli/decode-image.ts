import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { AppError } from '../protocol/errors.ts';
import { damaged, unreadableFormat } from '../runtime/image/damaged.ts';
import { readImageHeader } from '../runtime/image/image-header.ts';
import { checkDimensions, checkFileSize, MAX_PIXELS } from '../runtime/image/limits.ts';
import { CHANNELS, type RgbImage } from '../runtime/image/pixels.ts';

/** Reads and decodes a picture file. Throws as `decodeImageBytes`, and IMAGE_NOT_AN_IMAGE where there is no such file. */
export async function decodeImageFile(path: string): Promise<RgbImage> {
  try {
    // Before reading: a file over the limit would fill the memory first.
    const file = await stat(path);
    if (file.isFile()) checkFileSize(file.size);
    return await decodeImageBytes(await readFile(path));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError(
      'IMAGE_NOT_AN_IMAGE',
      `The picture "${path}" cannot be read (${reason}). Check the path and try again.`,
      { path, reason },
      error,
    );
  }
}

/**
 * Decodes a picture as a browser shows it: turned by its EXIF orientation, first frame of an animation, in sRGB with 8
 * bits, transparency over white. The same limits, codes and sentences as in the browser (runtime/image/decode-browser).
 * Throws IMAGE_NOT_AN_IMAGE, IMAGE_DAMAGED, IMAGE_TOO_LARGE.
 */
export async function decodeImageBytes(bytes: Uint8Array): Promise<RgbImage> {
  checkFileSize(bytes.length);
  const { format, width, height } = readImageHeader(bytes);
  checkDimensions(width, height);
  // The prebuilt libvips has no decoder for these two.
  if (format === 'heic' || format === 'bmp') throw unreadableFormat(format);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== CHANNELS) throw new Error(`decoded to ${info.channels} channels`);
    return { width: info.width, height: info.height, data };
  } catch (error) {
    throw damaged(error);
  }
}
