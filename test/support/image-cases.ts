/** What both image decoders, the browser's and the CLI's, must make of the same files. */
type Colour = readonly [number, number, number];

/** One point in each quarter of the pictures in test/fixtures/images, which are 48 x 32 when shown. */
export const POINTS = [
  [8, 8],
  [40, 8],
  [8, 24],
  [40, 24],
] as const;

const quarters: readonly Colour[] = [
  [200, 30, 40],
  [30, 160, 60],
  [40, 60, 190],
  [220, 200, 50],
];
const overWhite: readonly Colour[] = [
  [200, 30, 40],
  [30, 160, 60],
  [147, 157, 222],
  [255, 255, 255],
];

export interface GoodImage {
  readonly file: string;
  readonly is: string;
  readonly colours: readonly Colour[];
  /** Grey levels a channel may be off by: 0 for lossless files in sRGB. */
  readonly tolerance: number;
}

const good = (file: string, is: string, tolerance = 0, colours = quarters): GoodImage => ({
  file,
  is,
  tolerance,
  colours,
});

/** What Chromium makes of the CMYK file: its inks are a printer's, mixed by plain arithmetic. */
const inks: readonly Colour[] = [
  [215, 0, 13],
  [64, 251, 10],
  [18, 63, 255],
  [215, 216, 28],
];
const gray: readonly Colour[] = [102, 139, 77, 199].map((level) => [level, level, level] as const);

export const goodImages: readonly GoodImage[] = [
  good('plain.png', 'a PNG'),
  good('palette.png', 'a PNG with a palette'),
  good('gray.png', 'a gray PNG', 0, gray),
  good('deep.png', 'a 16-bit PNG', 1),
  good('wide-gamut.png', 'a Display P3 PNG', 3),
  good('transparent.png', 'a transparent PNG, over white', 1, overWhite),
  good('transparent.webp', 'a transparent WebP, over white', 1, overWhite),
  good('plain.webp', 'a lossless WebP'),
  good('lossy.webp', 'a lossy WebP', 3),
  good('plain.jpg', 'a JPEG', 2),
  good('progressive.jpg', 'a progressive JPEG', 2),
  good('rotated.jpg', 'a JPEG that EXIF turns', 2),
  good('cmyk.jpg', 'a CMYK JPEG', 2, inks),
  good('plain.avif', 'an AVIF', 3),
  good('plain.gif', 'a GIF'),
  good('animated.gif', 'an animated GIF, its first frame'),
  good('animated.webp', 'an animated WebP, its first frame'),
];

export interface BadImage {
  readonly is: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly code: string;
  /** What the sentence must say. */
  readonly says: RegExp;
}

/** Files that must be refused; `read` gives the bytes of a file in test/fixtures/images. */
export async function badImages(read: (file: string) => Promise<Uint8Array<ArrayBuffer>>): Promise<BadImage[]> {
  const damaged = { code: 'IMAGE_DAMAGED', says: /damaged or incomplete/ };
  const foreign = { code: 'IMAGE_NOT_AN_IMAGE', says: /not a picture .* PNG, JPEG, WebP, GIF or AVIF/ };
  const cut: BadImage[] = [];
  for (const file of ['plain.png', 'plain.jpg', 'progressive.jpg', 'plain.webp', 'plain.gif', 'plain.avif']) {
    const bytes = await read(file);
    for (const part of [0.9, 0.6]) {
      const length = Math.floor(bytes.length * part);
      cut.push({ is: `${part * 100} % of ${file}`, bytes: bytes.slice(0, length), ...damaged });
    }
  }
  const png = await read('plain.png');
  return [
    ...cut,
    { is: 'an empty file', bytes: new Uint8Array(0), code: 'IMAGE_NOT_AN_IMAGE', says: /empty \(0 bytes\)/ },
    { is: 'a text', bytes: text('An image of a snowman.'), ...foreign },
    { is: 'zeros', bytes: new Uint8Array(5000), ...foreign },
    { is: 'the first byte of a PNG', bytes: png.slice(0, 1), ...foreign },
    { is: 'an SVG', bytes: text('<?xml version="1.0"?>\n<svg xmlns="x"/>'), code: 'IMAGE_NOT_AN_IMAGE', says: /SVG/ },
    { is: 'the signature of a PNG', bytes: png.slice(0, 8), ...damaged },
    { is: 'the first bytes of a JPEG', bytes: (await read('plain.jpg')).slice(0, 20), ...damaged },
    { is: 'a PNG 0 pixels wide', bytes: withPngSize(png, 0, 10), ...damaged },
    {
      is: 'a PNG that claims 60000 x 60000 pixels',
      bytes: withPngSize(png, 60_000, 60_000),
      code: 'IMAGE_TOO_LARGE',
      says: /60000 x 60000 pixels.* at most 30000 a side/,
    },
    {
      is: 'a PNG that claims 400 megapixels',
      bytes: withPngSize(png, 20_000, 20_000),
      code: 'IMAGE_TOO_LARGE',
      says: /400 megapixels.* at most 100 megapixels/,
    },
    {
      is: 'a file of 65 MB',
      bytes: new Uint8Array(65 * 1024 * 1024),
      code: 'IMAGE_TOO_LARGE',
      says: /65 MB.* at most 64 MB/,
    },
  ];
}

const text = (value: string) => new TextEncoder().encode(value);

/** A PNG whose header claims other sides; the checksum after it is made to fit, so that only a limit can refuse it. */
function withPngSize(png: Uint8Array<ArrayBuffer>, width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = png.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}

/** The checksum of PNG chunks (PNG specification, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
