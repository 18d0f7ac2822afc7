import { describe, expect, it } from 'vitest';
import type { PreprocessorConfig } from '../../../src/kosmos2/preprocessor-config.ts';
import { pixelValues } from '../../../src/runtime/image/pixel-values.ts';
import { readReferenceImage, readReferenceJson } from './fixtures.ts';

interface HubPreprocessor {
  size: { height: number };
  rescale_factor: number;
  image_mean: [number, number, number];
  image_std: [number, number, number];
}

function configOf({ size, rescale_factor, image_mean, image_std }: HubPreprocessor): PreprocessorConfig {
  return { size: size.height, rescaleFactor: rescale_factor, mean: image_mean, std: image_std };
}

/** CLIP's values, at the official model's size. */
const official: PreprocessorConfig = {
  size: 224,
  rescaleFactor: 1 / 255,
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
};

describe('pixelValues', () => {
  it.each(['random-f32', 'random-f16-sharded', 'random-bf16'])(
    'equals the reference on the first row of %s',
    async (name) => {
      const config = configOf(readReferenceJson<HubPreprocessor>(`${name}/preprocessor_config.json`));
      const expected = readReferenceJson<{ pixel_values_row0: number[][] }>(`${name}/expected.json`).pixel_values_row0;
      const values = pixelValues(await readReferenceImage(`${name}/image.png`), config);
      expect(values.length).toBe(3 * config.size ** 2);
      for (const [channel, row] of expected.entries()) {
        expect(row.length).toBe(config.size);
        for (const [x, value] of row.entries()) {
          expect(Math.abs((values[channel * config.size ** 2 + x] as number) - value)).toBeLessThanOrEqual(1e-6);
        }
      }
    },
  );

  it("equals the official processor test's corners within the two grey levels JPEG decoders differ by", async () => {
    const { size, std } = official;
    const values = pixelValues(await readReferenceImage('official/two_dogs.jpg'), official);
    const expected = readReferenceJson<Record<string, number[][][]>>('official/processor.json');
    for (const [corner, start] of [
      ['pixel_values_top_left_3x3', 0],
      ['pixel_values_bottom_right_3x3', size - 3],
    ] as const) {
      for (const [channel, rows] of (expected[corner] as number[][][]).entries()) {
        const greyLevel = 1 / 255 / (std[channel] as number);
        for (const [y, row] of rows.entries()) {
          for (const [x, value] of row.entries()) {
            const ours = values[(channel * size + start + y) * size + start + x] as number;
            expect(Math.abs(ours - value)).toBeLessThanOrEqual(2 * greyLevel + 1e-6);
          }
        }
      }
    }
  });

  it('gives black and white their normalized values in every channel', () => {
    const config: PreprocessorConfig = { size: 2, rescaleFactor: 1 / 255, mean: [0.5, 0.25, 0], std: [0.5, 0.25, 1] };
    const black = pixelValues({ width: 2, height: 2, data: new Uint8Array(12) }, config);
    const white = pixelValues({ width: 2, height: 2, data: new Uint8Array(12).fill(255) }, config);
    expect([...black]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0]);
    expect([...white]).toEqual([1, 1, 1, 1, 3, 3, 3, 3, 1, 1, 1, 1]);
  });
});
