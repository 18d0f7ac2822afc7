import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { AppError } from '../protocol/errors.ts';
import { damaged, unreadableFormat } from '../runtime/image/image-errors.ts';
import { readImageHeader } from '../runtime/image/image-header.ts';
import { checkDimensions, checkFileSize, MAX_PIXELS } from '../runtime/image/limits.ts';
import { CHANNELS, type RgbImage } from '../runtime/image/pixels.ts';

/** What the system says where not the one file is to blame, but its disk, its network drive or too many open files. */
const NOT_THE_FILE: ReadonlySet<string> = new Set([
  'EIO',
  'ESTALE',
  'ENOTCONN',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENFILE',
]);

/**
 * Reads and decodes a picture file. Throws as `decodeImageBytes`, IMAGE_NOT_AN_IMAGE where there is no such file, and
 * STORAGE_FAILED where the disk or the system fails.
 */
export async function decodeImageFile(path: string): Promise<RgbImage> {
  try {
    return await decodeImageBytes(await readBounded(path));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    if (NOT_THE_FILE.has(reason)) {
      const message = `The picture "${path}" cannot be read (${reason}): the disk, network drive or system is failing, not the file. Start again when it works; --resume continues a run into a folder.`;
      throw new AppError('STORAGE_FAILED', message, { path, reason }, error);
    }
    throw new AppError(
      'IMAGE_NOT_AN_IMAGE',
      `The picture "${path}" cannot be read (${reason}). Check the path and try again.`,
      { path, reason },
      error,
    );
  }
}

/** Reads a file as far as a picture may reach: one over the limit, or a device that never ends, would fill the memory. */
async function readBounded(path: string): Promise<Buffer> {
  const file = await stat(path);
  if (file.isFile()) checkFileSize(file.size);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    checkFileSize(bytes);
  }
  return Buffer.concat(parts, bytes);
}

/**
 * Decodes a picture as a browser shows it: turned by its EXIF orientation, first frame of an animation, in sRGB with 8
 * bits, transparency over white. The same limits, codes and sentences as in the browser (runtime/image/decode-browser).
 * @throws AppError IMAGE_NOT_AN_IMAGE, IMAGE_DAMAGED, IMAGE_TOO_LARGE
 */
export async function decodeImageBytes(bytes: Uint8Array): Promise<RgbImage> {
  checkFileSize(bytes.length);
  const { format, width, height } = readImageHeader(bytes);
  checkDimensions(width, height);
  // The prebuilt libvips has no decoder for these two.
  if (format === 'heic' || format === 'bmp') throw unreadableFormat(format);
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate();
    const { space, icc } = await image.metadata();
    // libvips shows untagged CMYK through a printer's profile, browsers by plain arithmetic.
    if (space === 'cmyk' && !icc) return await plainCmyk(image);
    const { data, info } = await image
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

/** Ink taken from white: red is what cyan and black leave of it, and so on. Equal to Chromium's within one grey level. */
async function plainCmyk(image: Sharp): Promise<RgbImage> {
  const { data: ink, info } = await image
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const data = new Uint8Array(info.width * info.height * CHANNELS);
  for (let pixel = 0; pixel < info.width * info.height; pixel++) {
    const light = 255 - (ink[pixel * 4 + 3] as number);
    for (let channel = 0; channel < CHANNELS; channel++) {
      data[pixel * CHANNELS + channel] = Math.round(((255 - (ink[pixel * 4 + channel] as number)) * light) / 255);
    }
  }
  return { width: info.width, height: info.height, data };
}
