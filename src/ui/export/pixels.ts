import type { UnitBox } from '../../kosmos2/box.ts';
import { toImageBox } from '../../kosmos2/box.ts';
import { checkCanvas } from '../../protocol/check-canvas.ts';
import { AppError } from '../../protocol/errors.ts';
import type { PageImage } from '../../state/page-image.ts';

/** Quality of a photo that is written again: nobody sees the difference. */
const QUALITY = 0.92;

/** The picture as the page shows it, upright. @throws AppError IMAGE_DAMAGED */
async function decoded(url: string): Promise<HTMLImageElement> {
  const element = new Image();
  element.src = url;
  try {
    await element.decode();
  } catch {
    throw new AppError('IMAGE_DAMAGED', 'The picture could not be read any more. Add it to the page again.');
  }
  return element;
}

/** The bytes of a picture under the name it is exported as. */
export async function pictureBytes({ blob, url }: PageImage): Promise<Uint8Array> {
  const bytes = blob ?? (await (await fetch(url)).blob());
  return new Uint8Array(await bytes.arrayBuffer());
}

/** The picture inside a `data:` URL, upright. @throws AppError IMAGE_DAMAGED, CANVAS_DENIED, OUT_OF_MEMORY */
export async function pictureDataUrl({ url, blob }: PageImage): Promise<string> {
  const picture = await decoded(url);
  const canvas = canvasOf(picture.naturalWidth, picture.naturalHeight);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  const made = blob?.type === 'image/jpeg' ? canvas.toDataURL('image/jpeg', QUALITY) : canvas.toDataURL('image/png');
  // What a browser says of a canvas that it could not make.
  if (made === 'data:,') throw tooLarge();
  return made;
}

/** An SVG document as a PNG of the same size. @throws AppError IMAGE_DAMAGED, CANVAS_DENIED, OUT_OF_MEMORY */
export async function svgToPng(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = await decoded(url);
    const canvas = canvasOf(width, height);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
    return await pngOf(canvas);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** What lies in each box, as PNG; at least one pixel of it. @throws AppError IMAGE_DAMAGED, CANVAS_DENIED, OUT_OF_MEMORY */
export async function crops(image: PageImage, boxes: readonly UnitBox[]): Promise<readonly Uint8Array[]> {
  const picture = await decoded(image.url);
  const cut: Uint8Array[] = [];
  for (const box of boxes) {
    const [x1, y1, x2, y2] = toImageBox(box, image.width, image.height);
    const [left, top] = [Math.floor(x1), Math.floor(y1)];
    const [width, height] = [Math.max(1, Math.ceil(x2) - left), Math.max(1, Math.ceil(y2) - top)];
    const canvas = canvasOf(width, height);
    canvas.getContext('2d')?.drawImage(picture, left, top, width, height, 0, 0, width, height);
    cut.push(new Uint8Array(await (await pngOf(canvas)).arrayBuffer()));
  }
  return cut;
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  checkCanvas();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(tooLarge());
    }, 'image/png');
  });
}

function tooLarge(): AppError {
  const message = 'The browser could not write the picture; it may be too large. Close other pages and try again.';
  return new AppError('OUT_OF_MEMORY', message);
}
