import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readImageHeader } from '../../../src/runtime/image/image-header.ts';
import { goodImages } from '../../support/image-cases.ts';
import { processorSeconds } from './fixtures.ts';

const read = (file: string) => new Uint8Array(readFileSync(new URL(`../../fixtures/images/${file}`, import.meta.url)));

/** A box of an AVIF file. */
function box(type: string, ...content: Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, { byteLength }) => sum + byteLength, 8);
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, length);
  bytes.set(new TextEncoder().encode(type), 4);
  let offset = 8;
  for (const part of content) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return box('....', ...parts).subarray(8);
}

describe('readImageHeader', () => {
  it.each(goodImages)('finds the stored size of $file', ({ file }) => {
    const { width, height } = readImageHeader(read(file));
    // The turned picture is stored lying on its side.
    expect([width, height]).toEqual(file === 'rotated.jpg' ? [32, 48] : [48, 32]);
  });

  it('reads both kinds of BMP header, and rows from the top', () => {
    const bytes = new Uint8Array(64);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d]);
    view.setUint32(14, 40, true);
    view.setInt32(18, 48, true);
    view.setInt32(22, -32, true);
    expect(readImageHeader(bytes)).toEqual({ format: 'bmp', width: 48, height: 32 });
    view.setUint32(14, 12, true);
    view.setUint32(18, 0, true);
    view.setUint16(18, 7, true);
    view.setUint16(20, 9, true);
    expect(readImageHeader(bytes)).toEqual({ format: 'bmp', width: 7, height: 9 });
  });

  it('takes the largest of the sizes in an AVIF, not that of a tile', () => {
    const sized = (width: number) => box('ispe', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, width, 0, 0, 0, 5));
    const file = concat([
      box('ftyp', new TextEncoder().encode('avif....mif1')),
      box('meta', new Uint8Array(4), box('iprp', box('ipco', sized(3), sized(200), sized(9)))),
    ]);
    expect(readImageHeader(file)).toEqual({ format: 'avif', width: 200, height: 5 });
  });

  it('does not take the size in an EXIF thumbnail for the size of the JPEG', () => {
    const thumbnail = Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 2, 1, 0, 0, 0);
    const segment = concat([Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, thumbnail.length + 2), thumbnail]);
    expect(readImageHeader(concat([segment, read('plain.jpg').subarray(2)]))).toMatchObject({ width: 48, height: 32 });
  });

  it('is through whatever 16 MB it is given in one walk', () => {
    const size = 16 * 1024 * 1024;
    const jpegs = [0x00, 0xff, 0xd0, 0x02].map((filler) => {
      const bytes = new Uint8Array(size).fill(filler);
      bytes.set([0xff, 0xd8, 0xff]);
      return bytes;
    });
    const tinyBoxes = box('xxxx');
    const many = new Uint8Array(size);
    for (let offset = 0; offset + 8 <= size; offset += 8) many.set(tinyBoxes, offset);
    const avif = concat([
      box('ftyp', new TextEncoder().encode('avif')),
      box('meta', new Uint8Array(4), box('iprp', box('ipco', many))),
    ]);
    for (const bytes of [...jpegs, avif]) {
      const started = process.cpuUsage();
      expect(() => readImageHeader(bytes)).toThrow(/damaged/);
      // Measured up to 0.25 s; looking for every box from every box would take an hour.
      expect(processorSeconds(started)).toBeLessThan(5);
    }
  });

  it('never throws anything but a coded error on random changes of real headers', () => {
    let state = 1;
    const random = (below: number) => {
      state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
      return state % below;
    };
    for (const { file } of goodImages) {
      const original = read(file);
      for (let round = 0; round < 300; round++) {
        const bytes = original.slice(0, 1 + random(original.length));
        for (let change = 0; change < 4; change++) bytes[random(Math.min(64, bytes.length))] = random(256);
        try {
          readImageHeader(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^IMAGE_(DAMAGED|NOT_AN_IMAGE)$/) });
        }
      }
    }
  });
});
