import type { UnitBox } from '../kosmos2/box.ts';
import { checkCanvas } from '../protocol/check-canvas.ts';
import { AppError } from '../protocol/errors.ts';
import { bitmapOf } from './bitmap-of.ts';

/** A part of a picture in its own pixels, as PNG. @throws AppError CANVAS_DENIED, IMAGE_DAMAGED, OUT_OF_MEMORY */
export async function cropOf(picture: Blob, [x1, y1, x2, y2]: UnitBox): Promise<Blob> {
  checkCanvas();
  const bitmap = await bitmapOf(picture);
  try {
    const left = Math.round(x1 * bitmap.width);
    const top = Math.round(y1 * bitmap.height);
    const width = Math.max(1, Math.round(x2 * bitmap.width) - left);
    const height = Math.max(1, Math.round(y2 * bitmap.height) - top);
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d');
    if (!pen) {
      throw new AppError(
        'OUT_OF_MEMORY',
        `There is no memory to cut out ${width} x ${height} pixels; use a smaller part.`,
      );
    }
    pen.drawImage(bitmap, left, top, width, height, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    bitmap.close();
  }
}
