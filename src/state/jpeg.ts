import { AppError } from '../protocol/errors.ts';
import { bitmapOf } from './bitmap-of.ts';

/** What Pillow saves with when nothing is said, as the official demo does. */
const QUALITY = 0.75;

/** A picture as it comes out of JPEG, white under what is transparent. @throws AppError IMAGE_DAMAGED, OUT_OF_MEMORY */
export async function jpegOf(blob: Blob): Promise<Blob> {
  const bitmap = await bitmapOf(blob);
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context)
      throw new AppError('OUT_OF_MEMORY', 'There is no memory to turn the picture into JPEG; use a smaller one.');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  } finally {
    bitmap.close();
  }
}
