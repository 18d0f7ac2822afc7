import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImageBytes, decodeImageFile } from '../../../src/cli/decode-image.ts';
import { badImages, goodImages, POINTS } from '../../support/image-cases.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../fixtures/images/${file}`, import.meta.url));
const refused = await badImages(async (file) => new Uint8Array(await readFile(pathOf(file))));

describe('decodeImageFile', () => {
  it.each(goodImages)('reads $is', async ({ file, colours, tolerance }) => {
    const { width, height, data } = await decodeImageFile(pathOf(file));
    expect([width, height, data.length]).toEqual([48, 32, 48 * 32 * 3]);
    for (const [index, [x, y]] of POINTS.entries()) {
      for (const [channel, level] of (colours[index] as readonly number[]).entries()) {
        expect(Math.abs((data[(y * width + x) * 3 + channel] as number) - level)).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it('gives back every pixel of an opaque PNG', async () => {
    const pixels = Uint8Array.from({ length: 37 * 23 * 3 }, (_, i) => (i * 89) % 256);
    const png = await sharp(pixels, { raw: { width: 37, height: 23, channels: 3 } })
      .png()
      .toBuffer();
    expect(await decodeImageBytes(png).then(({ data }) => [...data])).toEqual([...pixels]);
  });

  it.skipIf(process.platform === 'win32')(
    'reads of a device that never ends no more than a picture may have',
    async () => {
      await expect(decodeImageFile('/dev/zero')).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    },
  );

  it('says in one sentence that a file is not there', async () => {
    await expect(decodeImageFile('/nowhere/cat.png')).rejects.toMatchObject({
      code: 'IMAGE_NOT_AN_IMAGE',
      message: 'The picture "/nowhere/cat.png" cannot be read (ENOENT). Check the path and try again.',
    });
  });
});

describe('decodeImageBytes', () => {
  it.each(refused)('refuses $is as $code', async ({ bytes, code, says }) => {
    await expect(decodeImageBytes(bytes)).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });
});
