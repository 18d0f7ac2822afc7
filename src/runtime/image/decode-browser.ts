import { checkCanvas } from '../../protocol/check-canvas.ts';
import { AppError } from '../../protocol/errors.ts';
import { damaged, tooLargeHere, unreadableFormat } from './image-errors.ts';
import { type ImageFormat, readImageHeader } from './image-header.ts';
import { checkDimensions, checkFileSize } from './limits.ts';
import { CHANNELS, type RgbImage } from './pixels.ts';

/** Pixels taken out of the canvas at a time: 16 MB of RGBA, so that a large picture is in memory only twice. */
const STRIP_PIXELS = 4_000_000;

/**
 * Decodes a picture as the browser shows it: turned by its EXIF orientation, first frame of an animation, in sRGB with 8
 * bits, transparency over white. Opaque pixels of an sRGB PNG come back exactly. Size and dimensions are checked before
 * anything is decoded.
 * @throws AppError IMAGE_NOT_AN_IMAGE, IMAGE_DAMAGED (a decoder that stops early counts as damage), IMAGE_TOO_LARGE,
 * CANVAS_DENIED; the reason of `signal` after it aborts
 */
export async function decodeImage(blob: Blob, { signal }: { signal?: AbortSignal } = {}): Promise<RgbImage> {
  signal?.throwIfAborted();
  checkFileSize(blob.size);
  const bytes = await readBytes(blob);
  const { format, width, height } = readImageHeader(bytes);
  checkDimensions(width, height);
  checkCanvas();
  signal?.throwIfAborted();
  const bitmap = await decode(bytes, format);
  try {
    // Turned pictures have their sides swapped, and a header can lie.
    checkDimensions(bitmap.width, bitmap.height);
    return readPixels(bitmap, signal);
  } catch (thrown) {
    // What an allocation throws that fails.
    throw thrown instanceof RangeError ? tooLargeHere(bitmap.width, bitmap.height, thrown) : thrown;
  } finally {
    bitmap.close();
  }
}

async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    // A file that was moved, changed or taken away after it was chosen.
    throw damaged(error);
  }
}

async function decode(bytes: Uint8Array<ArrayBuffer>, format: ImageFormat): Promise<ImageBitmap> {
  try {
    // The bytes that were checked, under the type they have: not the file, which can change, nor the type it came with.
    return await createImageBitmap(new Blob([bytes], { type: `image/${format}` }), {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'default',
    });
  } catch (error) {
    throw format === 'heic' ? unreadableFormat(format, error) : damaged(error);
  }
}

function readPixels(bitmap: ImageBitmap, signal: AbortSignal | undefined): RgbImage {
  const { width, height } = bitmap;
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const data = new Uint8Array(width * height * CHANNELS);
  const context = stripContext(width, rows);
  let target = 0;
  for (let top = 0; top < height; top += rows) {
    signal?.throwIfAborted();
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    const count = Math.min(rows, height - top) * width;
    const rgba = context.getImageData(0, 0, width, count / width).data;
    for (let source = 0; source < count * 4; source += 4) {
      data[target] = rgba[source] as number;
      data[target + 1] = rgba[source + 1] as number;
      data[target + 2] = rgba[source + 2] as number;
      target += CHANNELS;
    }
  }
  return { width, height, data };
}

function stripContext(width: number, rows: number): OffscreenCanvasRenderingContext2D {
  // `willReadFrequently` keeps the canvas in main memory: exact pixels and no round trip through the GPU.
  const context = new OffscreenCanvas(width, rows).getContext('2d', { alpha: false, willReadFrequently: true });
  if (context) return context;
  throw new AppError(
    'IMAGE_TOO_LARGE',
    `This browser cannot hold a picture ${width} pixels wide. Make it smaller and try again.`,
    { width },
  );
}
