import type { ImageSize } from './pixels.ts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** The size in a JPEG's frame header (ITU-T T.81, B.1 and B.2), or undefined where none comes before the first scan. */
export function readJpegSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Past the start-of-image marker; nine bytes are the shortest frame header up to its width.
  let offset = 2;
  while (offset + 9 <= bytes.length) {
    if (bytes[offset] !== 0xff) {
      // Decoders skip stray bytes between segments.
      offset += 1;
      continue;
    }
    const marker = bytes[offset + 1] as number;
    if (isFrameHeader(marker)) return { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) };
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return undefined;
    if (marker === 0xff) offset += 1;
    else if (hasNoLength(marker)) offset += 2;
    else offset += 2 + Math.max(2, view.getUint16(offset + 2));
  }
  return undefined;
}

/** SOF0 to SOF15 without the three other segments among those numbers (DHT, JPG, DAC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Restart markers, the start of an image, TEM, and the zero of a stuffed byte. */
function hasNoLength(marker: number): boolean {
  return (marker >= 0xd0 && marker <= 0xd8) || marker <= 0x01;
}
