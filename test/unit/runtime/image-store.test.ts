import { describe, expect, it } from 'vitest';
import { ImageStore } from '../../../src/runtime/image-store.ts';
import type { VisionEncoder } from '../../../src/runtime/vision-encoder.ts';

/** Takes its time, and gives back what it was given. */
const encoder = {
  async encode(pixels: Float32Array) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return pixels.slice();
  },
} as VisionEncoder;

const picture = (of: number) => Float32Array.of(of);

describe('the images a page has set', () => {
  it('a picture keeps its own name while another one takes its place', async () => {
    const images = new ImageStore();
    images.set('picture', picture(1));
    const encoding = images.encoded('picture', encoder);
    images.set('picture', picture(2));
    const [first, second] = [await encoding, await images.encoded('picture', encoder)];
    expect([...first.rows, ...second.rows]).toEqual([1, 2]);
    expect(first.key).not.toBe(second.key);
    expect(await images.encoded('picture', encoder)).toEqual(second);
  });

  it('a picture that is dropped while it is encoded is told all the same, and is gone', async () => {
    const images = new ImageStore();
    images.set('picture', picture(1));
    const encoding = images.encoded('picture', encoder);
    images.drop('picture');
    expect([...(await encoding).rows]).toEqual([1]);
    expect(() => images.taken([{ image: 'picture' }])).toThrow('was not set');
  });

  it('those of a request stay as they were, are encoded once, and are there for the next request', async () => {
    const images = new ImageStore();
    images.set('picture', picture(1));
    images.set('other', picture(2));
    const taken = images.taken([{ image: 'picture' }, { image: 'other' }]);
    images.drop('picture');
    const [first, other] = [await taken.encoded('picture', encoder), await taken.encoded('other', encoder)];
    expect([...first.rows, ...other.rows]).toEqual([1, 2]);
    expect(images.isEncoded('other')).toBe(true);
    expect(await images.encoded('other', encoder)).toEqual(other);
  });
});
