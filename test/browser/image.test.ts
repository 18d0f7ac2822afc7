import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/runtime/image/decode-browser.ts';
import { badImages, goodImages, POINTS } from '../support/image-cases.ts';

async function read(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL(`/test/fixtures/images/${file}`, location.origin));
  expect(response.ok).toBe(true);
  return new Uint8Array(await response.arrayBuffer());
}

const refused = await badImages(read);

/** A PNG of the browser's own making, opaque, with these RGB values. */
async function pngOf(width: number, height: number, rgb: Uint8Array): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
    image.data[i * 4 + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

describe('decodeImage', () => {
  it.each(goodImages)('reads $is', async ({ file, colours, tolerance }) => {
    const { width, height, data } = await decodeImage(new Blob([await read(file)]));
    expect([width, height, data.length]).toEqual([48, 32, 48 * 32 * 3]);
    for (const [index, [x, y]] of POINTS.entries()) {
      for (const [channel, level] of (colours[index] as readonly number[]).entries()) {
        expect(Math.abs((data[(y * width + x) * 3 + channel] as number) - level)).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it.each(refused)('refuses $is as $code', async ({ bytes, code, says }) => {
    await expect(decodeImage(new Blob([bytes]))).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });

  it('gives back every pixel of an opaque PNG, also across the strips it is read in', async () => {
    const [width, height] = [2503, 3301];
    const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 89 + (i >> 11)) % 256);
    const decoded = await decodeImage(await pngOf(width, height, rgb));
    expect([decoded.width, decoded.height]).toEqual([width, height]);
    expect(decoded.data.length).toBe(rgb.length);
    expect(decoded.data.findIndex((value, i) => value !== rgb[i])).toBe(-1);
  });

  it('does not trust the media type a file comes with', async () => {
    const lying = new Blob([await read('plain.png')], { type: 'image/svg+xml' });
    expect(await decodeImage(lying)).toMatchObject({ width: 48, height: 32 });
  });

  it('stops when the signal is aborted', async () => {
    const blob = new Blob([await read('plain.png')]);
    await expect(decodeImage(blob, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
