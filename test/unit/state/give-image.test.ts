import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context } from '../../../src/state/context.ts';
import { giveImage } from '../../../src/state/give-image.ts';
import { newImage } from '../../../src/state/page-image.ts';

const PLAIN = { jpeg: false };
const JPEG = { jpeg: true };
const blob = new Blob(['picture']);
const image = newImage({ id: 'p', kind: 'own', name: '', url: 'blob:p', blob, width: 1, height: 1 });
let held: string[];
let most: number;
let context: Context;

const later = () => new Promise((resolve) => setTimeout(resolve, 1));

beforeEach(() => {
  held = [];
  most = 0;
  const engine = {
    async setImage(name: string) {
      await later();
      if (!held.includes(name)) held.push(name);
      most = Math.max(most, held.length);
    },
    async dropImage(name: string) {
      held = held.filter((one) => one !== name);
    },
  };
  context = { engine, given: new Set(), giving: new Map() } as unknown as Context;
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1, close() {} }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ fillRect() {}, drawImage() {} });
      convertToBlob = async () => blob;
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

describe('a picture that is asked about with several settings', () => {
  it('is held by the engine once, as it was asked about last', async () => {
    await giveImage(context, image, PLAIN);
    expect(held).toEqual(['p']);
    await giveImage(context, image, JPEG);
    expect(held).toEqual(['p#jpeg']);
    await giveImage(context, image, PLAIN);
    expect(held).toEqual(['p']);
    expect([...context.given]).toEqual(['p']);
    expect(most).toBe(1);
  });

  it('is there for the one who asked last also where both ask at once', async () => {
    await Promise.all([giveImage(context, image, PLAIN), giveImage(context, image, JPEG)]);
    expect(held).toEqual(['p#jpeg']);
    expect([...context.given]).toEqual(['p#jpeg']);
    await Promise.all([giveImage(context, image, JPEG), giveImage(context, image, PLAIN)]);
    expect(held).toEqual(['p']);
    expect(context.giving.size).toBe(0);
  });

  it('is given again where it could not be given before', async () => {
    const { engine } = context;
    const setImage = vi.spyOn(engine, 'setImage').mockRejectedValueOnce(new Error('no'));
    await expect(giveImage(context, image, PLAIN)).rejects.toThrow('no');
    await giveImage(context, image, PLAIN);
    expect(setImage).toHaveBeenCalledTimes(2);
    expect(held).toEqual(['p']);
  });
});
