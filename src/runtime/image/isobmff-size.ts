import type { ImageSize } from './pixels.ts';

/** A box of the ISO base media file format: its type, four letters as one number, and where its content lies. */
interface Box {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

const HEADER_BYTES = 8;
// Numbers, because a hostile file has millions of boxes and comparing letters would take a second.
const FTYP = typeOf('ftyp');
const META = typeOf('meta');
const IPRP = typeOf('iprp');
const IPCO = typeOf('ipco');
const ISPE = typeOf('ispe');

/** The brands of an AVIF or HEIC file's first box; none for any other file. */
export function isobmffBrands(bytes: Uint8Array): string[] {
  const [first] = boxes(bytes, 0, Math.min(bytes.length, 256));
  if (first?.type !== FTYP) return [];
  const brands: string[] = [];
  // Four bytes of version lie between the main brand and the compatible ones.
  for (let offset = first.start; offset + 4 <= first.end; offset += 4) brands.push(letters(bytes, offset));
  return brands;
}

/**
 * The largest size among the image properties (`ispe`) of an AVIF or HEIC file: tiles and thumbnails have their own
 * (ISO/IEC 23008-12). Undefined where there is none.
 */
export function readIsobmffSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const meta = find(bytes, 0, bytes.length, META);
  // `meta` and `ispe` begin with four bytes of version and flags.
  const properties = meta && find(bytes, meta.start + 4, meta.end, IPRP);
  const container = properties && find(bytes, properties.start, properties.end, IPCO);
  if (!container) return undefined;
  let largest: ImageSize | undefined;
  for (const { type, start, end } of boxes(bytes, container.start, container.end)) {
    if (type !== ISPE || end - start < 12) continue;
    const size = { width: view.getUint32(start + 4), height: view.getUint32(start + 8) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

function find(bytes: Uint8Array, start: number, end: number, type: number): Box | undefined {
  for (const box of boxes(bytes, start, end)) if (box.type === type) return box;
  return undefined;
}

/** The boxes that follow each other from `start`, each at least its header long, so that the walk always moves on. */
function* boxes(bytes: Uint8Array, start: number, end: number): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = start;
  while (offset + HEADER_BYTES <= end) {
    const length = view.getUint32(offset);
    // 0 means to the end of the file; 1 means a 64-bit length, which no file of the size allowed here needs.
    const next = length === 0 ? end : offset + length;
    if (next < offset + HEADER_BYTES) return;
    yield { type: view.getUint32(offset + 4), start: offset + HEADER_BYTES, end: Math.min(next, end) };
    offset = next;
  }
}

function typeOf(name: string): number {
  return [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
}

const letters = (bytes: Uint8Array, offset: number) => String.fromCharCode(...bytes.subarray(offset, offset + 4));
