import { damaged, notAnImage } from './image-errors.ts';
import { isobmffBrands, readIsobmffSize } from './isobmff-size.ts';
import { readJpegSize } from './jpeg-size.ts';
import type { ImageSize } from './pixels.ts';

export type ImageFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'avif' | 'heic';

/** What the first bytes of a picture say, before anything is decoded. Sides are as stored, before EXIF rotation. */
export interface ImageHeader extends ImageSize {
  readonly format: ImageFormat;
}

/**
 * The format and size of a picture, from its own bytes: a name or a media type can lie. Every reader is bounded by the
 * length of the file and walks it once, so hostile bytes cannot hold it up (the general `image-size` library can be held up
 * for minutes by a crafted AVIF of a few MB, and takes formats no browser shows).
 * @throws AppError IMAGE_NOT_AN_IMAGE for anything but a picture format of the web, IMAGE_DAMAGED for one that ends in its
 * header
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  const format = formatOf(bytes);
  if (!format) throw notAnImage(/<svg[\s>]/i.test(ascii(bytes, 0, 1024)));
  const size = readSize(format, bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!size || size.width === 0 || size.height === 0) throw damaged();
  return { format, ...size };
}

function formatOf(bytes: Uint8Array): ImageFormat | undefined {
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'gif';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return 'webp';
  if (ascii(bytes, 0, 2) === 'BM' && bytes.length > 14) return 'bmp';
  const brands = isobmffBrands(bytes);
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1)$/.test(brand)) ? 'heic' : undefined;
}

function readSize(format: ImageFormat, bytes: Uint8Array, view: DataView): ImageSize | undefined {
  switch (format) {
    case 'png':
      if (bytes.length < 24 || ascii(bytes, 12, 4) !== 'IHDR') return undefined;
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 'gif':
      if (bytes.length < 10) return undefined;
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'bmp':
      return readBmpSize(view);
    case 'webp':
      return readWebpSize(bytes, view);
    case 'jpeg':
      return readJpegSize(bytes);
    default:
      return readIsobmffSize(bytes);
  }
}

/** The oldest header has 16-bit sides; in the others a negative height means rows from the top. */
function readBmpSize(view: DataView): ImageSize | undefined {
  if (view.byteLength < 26) return undefined;
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** The three kinds of first chunk of the WebP container specification. */
function readWebpSize(bytes: Uint8Array, view: DataView): ImageSize | undefined {
  if (bytes.length < 30) return undefined;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8X':
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
    }
    default:
      return undefined;
  }
}

const uint24 = (view: DataView, offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);

const ascii = (bytes: Uint8Array, start: number, length: number) =>
  String.fromCharCode(...bytes.subarray(start, start + length));
