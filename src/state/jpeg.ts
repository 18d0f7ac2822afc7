import { AppError } from '../protocol/errors.ts';

/** What Pillow saves with when nothing is said, as the official demo does. */
const QUALITY = 0.75;

/** A picture as it comes out of JPEG, white under what is transparent. @throws AppError IMAGE_DAMAGED */
export async function jpegOf(blob: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch {
    throw new AppError('IMAGE_DAMAGED', 'The browser cannot read this picture. Save it as PNG or JPEG and try again.');
  }
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context)
    throw new AppError('OUT_OF_MEMORY', 'There is no memory to turn the picture into JPEG; use a smaller one.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}
