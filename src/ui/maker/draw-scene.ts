import { checkCanvas } from '../../protocol/check-canvas.ts';
import { backgroundOf } from '../../scenes/backgrounds.ts';
import { extentOf, PICTURE, type Scene } from '../../scenes/scene.ts';
import { CELLS } from '../../scenes/sprite-cells.ts';

/**
 * Draws a scene as a PNG of `PICTURE` pixels.
 * @param sheet the decoded sheet of sprites
 * @throws AppError CANVAS_DENIED
 * @throws Error where the browser has no canvas to draw on, or no memory for it
 */
export async function drawScene({ background, things }: Scene, sheet: HTMLImageElement): Promise<Blob> {
  checkCanvas();
  const { width, height } = PICTURE;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no 2d context');
  const { towards, stops } = backgroundOf(background);
  const gradient =
    towards === 'right' ? pen.createLinearGradient(0, 0, width, 0) : pen.createLinearGradient(0, 0, 0, height);
  for (const { at, colour } of stops) gradient.addColorStop(at, `rgb(${colour.join(' ')})`);
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  for (const thing of things) {
    const [across, down] = extentOf(thing);
    const [w, h] = [across * width, down * height];
    pen.save();
    pen.translate(thing.x * width, thing.y * height);
    if (thing.flipped) pen.scale(-1, 1);
    pen.drawImage(sheet, ...CELLS[thing.kind], -w / 2, -h / 2, w, h);
    pen.restore();
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture came of the canvas'))), 'image/png'),
  );
}
