import { CHANNELS, type RgbImage } from './pixels.ts';

/** Fraction bits of the fixed-point weights: 32 less 8 for the pixel and 2 for sums that overshoot (Pillow, Resample.c). */
const FRACTION_BITS = 32 - 8 - 2;
const HALF = 1 << (FRACTION_BITS - 1);
/** The bicubic kernel is zero outside -2..2. */
const KERNEL_RADIUS = 2;

/**
 * Stretches an image to `size` x `size` as `Image.resize((size, size), BICUBIC)` of Pillow 13 does on 8-bit RGB, to the
 * bit: antialiased when shrinking, 8-bit between the two passes, and no pass along a side that has the size already. The
 * model was trained on pictures made so.
 */
export function resizeBicubic(image: RgbImage, size: number): RgbImage {
  return heightGoesFirst(image, size)
    ? resizeRows(resizeColumns(image, size), size)
    : resizeColumns(resizeRows(image, size), size);
}

/**
 * Pillow 13 runs the vertical pass first where it removes more than twice the pixels of the horizontal one (Resample.c,
 * pull request 9549; earlier versions never do). The 8-bit rounding between the passes makes the order visible.
 */
function heightGoesFirst({ width, height }: RgbImage, size: number): boolean {
  return height > size && height - size > (width - size) * 2;
}

/** Which source pixels make each target pixel, and with what fixed-point weights. */
interface Taps {
  /** First source pixel of each target pixel. */
  readonly first: Int32Array;
  /** How many source pixels each target pixel has, at most `stride`. */
  readonly count: Int32Array;
  /** [target size, stride]. */
  readonly weights: Int32Array;
  readonly stride: number;
}

function bicubicTaps(sourceSize: number, targetSize: number): Taps {
  const scale = sourceSize / targetSize;
  // Shrinking widens the kernel so that every source pixel counts; enlarging does not narrow it.
  const stretch = Math.max(scale, 1);
  const radius = KERNEL_RADIUS * stretch;
  const stride = Math.ceil(radius) * 2 + 1;
  const taps: Taps = {
    first: new Int32Array(targetSize),
    count: new Int32Array(targetSize),
    weights: new Int32Array(targetSize * stride),
    stride,
  };
  const exact = new Float64Array(stride);
  // The same operations in the same order as in Pillow: another order rounds a weight differently once in a while.
  const inverse = 1 / stretch;
  for (let target = 0; target < targetSize; target++) {
    const centre = (target + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - radius + 0.5));
    const count = Math.min(sourceSize, Math.trunc(centre + radius + 0.5)) - first;
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = bicubic((tap + first - centre + 0.5) * inverse);
      exact[tap] = weight;
      total += weight;
    }
    for (let tap = 0; tap < count; tap++) {
      const weight = ((exact[tap] as number) / total) * (1 << FRACTION_BITS);
      taps.weights[target * stride + tap] = Math.trunc(weight + (weight < 0 ? -0.5 : 0.5));
    }
    taps.first[target] = first;
    taps.count[target] = count;
  }
  return taps;
}

/** Keys' cubic convolution kernel with a = -0.5 (IEEE ASSP 29(6), 1981). */
function bicubic(position: number): number {
  const a = -0.5;
  const x = Math.abs(position);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

/** [height, width, 3] -> [height, size, 3]. */
function resizeRows(image: RgbImage, size: number): RgbImage {
  if (image.width === size) return image;
  const { width, height, data } = image;
  const { first, count, weights, stride } = bicubicTaps(width, size);
  const result = new Uint8ClampedArray(height * size * CHANNELS);
  for (let y = 0; y < height; y++) {
    const row = y * width * CHANNELS;
    for (let x = 0; x < size; x++) {
      const taps = count[x] as number;
      let source = row + (first[x] as number) * CHANNELS;
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let tap = 0; tap < taps; tap++) {
        const weight = weights[x * stride + tap] as number;
        red = (red + Math.imul(data[source] as number, weight)) | 0;
        green = (green + Math.imul(data[source + 1] as number, weight)) | 0;
        blue = (blue + Math.imul(data[source + 2] as number, weight)) | 0;
        source += CHANNELS;
      }
      const target = (y * size + x) * CHANNELS;
      result[target] = red >> FRACTION_BITS;
      result[target + 1] = green >> FRACTION_BITS;
      result[target + 2] = blue >> FRACTION_BITS;
    }
  }
  return { width: size, height, data: new Uint8Array(result.buffer) };
}

/** [height, width, 3] -> [size, width, 3]. */
function resizeColumns(image: RgbImage, size: number): RgbImage {
  if (image.height === size) return image;
  const { width, height, data } = image;
  const { first, count, weights, stride } = bicubicTaps(height, size);
  const rowLength = width * CHANNELS;
  const result = new Uint8ClampedArray(size * rowLength);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < size; y++) {
    sums.fill(HALF);
    const taps = count[y] as number;
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[y * stride + tap] as number;
      const row = ((first[y] as number) + tap) * rowLength;
      for (let i = 0; i < rowLength; i++) {
        sums[i] = (sums[i] as number) + Math.imul(data[row + i] as number, weight);
      }
    }
    for (let i = 0; i < rowLength; i++) result[y * rowLength + i] = (sums[i] as number) >> FRACTION_BITS;
  }
  return { width, height: size, data: new Uint8Array(result.buffer) };
}
