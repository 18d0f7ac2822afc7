import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { unitBox } from '../../src/kosmos2/box.ts';
import { decodeImage } from '../../src/runtime/image/decode-browser.ts';
import { cropOf } from '../../src/state/crop.ts';
import { sampleImage } from '../../src/state/page-image.ts';
import { crops, pictureDataUrl, svgToPng } from '../../src/ui/export/pixels.ts';
import { drawScene } from '../../src/ui/maker/draw-scene.ts';

const image = sampleImage('Bike', '/samples/bike-turtle.png', 853, 640);
const box = unitBox(0, 0, 0.5, 0.5);
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>';
let picture: Blob;
beforeAll(async () => {
  picture = await (await fetch(image.url)).blob();
});
afterEach(() => vi.restoreAllMocks());

/** What reads back what it drew. */
const reads: Readonly<Record<string, () => Promise<unknown>>> = {
  'a picture is decoded': () => decodeImage(picture),
  'a part of it is cut out': () => cropOf(picture, box),
  'it is exported inside a drawing': () => pictureDataUrl(image),
  'a drawing is exported': () => svgToPng(svg, 8, 8),
  'boxes are exported': () => crops(image, [box]),
  'a scene is drawn': () => drawScene({ background: 'blue', things: [] }, new Image()),
};

/** A browser that gives back something else than was drawn. */
function readBack(changed: (value: number, at: number) => number): void {
  const { prototype } = OffscreenCanvasRenderingContext2D;
  const { getImageData } = prototype;
  vi.spyOn(prototype, 'getImageData').mockImplementation(function (this: typeof prototype, ...area) {
    const found = getImageData.apply(this, area);
    found.data.set(found.data.map(changed));
    return found;
  });
}

it.each(Object.entries(reads))('where %s, pixels that the browser invents are told as such', async (_, read) => {
  readBack((_value, at) => (at * 89) % 256);
  await expect(read()).rejects.toMatchObject({
    code: 'CANVAS_DENIED',
    message: expect.stringContaining('Allow this site to use canvas image data'),
  });
});

it.each(Object.entries(reads))('where %s, pixels that the browser changes a little are taken', async (_, read) => {
  readBack((value, at) => value + (at % 2 === 0 ? 3 : -3));
  await expect(read()).resolves.toBeTruthy();
});
