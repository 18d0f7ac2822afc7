import { blockBytes } from './dequantize.ts';
import { TensorError } from './errors.ts';
import { floatToHalf, halfToFloat } from './float16.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

/** How the codes of one encoding are found. */
interface Codec {
  /** Codes stand for -half .. half - 1 times the scale; `half` is also the zero point. */
  readonly half: number;
  /**
   * Scales tried, as multiples of the one that maps the number of largest magnitude exactly to -half. Smaller ones trade
   * a cut-off peak for finer steps; larger ones matter where the opposite peak is as large and would be cut at half - 1.
   */
  readonly factors: readonly number[];
}

/**
 * Measured as relative RMS error against 120 factors of both signs: for 4 bits on normally distributed weights 8.18%
 * (best possible 8.08%, plain rounding to the largest magnitude 9.71%), for 8 bits .51% (.48%, .53%). Trying the other
 * sign of the scale too gains less than .001%, so the sign is the one that gives the peak the longer side, -half.
 */
const CODECS: Readonly<Record<'q4' | 'q8', Codec>> = {
  q4: { half: 8, factors: [0.82, 0.88, 0.94, 1, 1.06] },
  q8: { half: 128, factors: [1, 1.004, 1.008] },
};

/** Adding and taking away 1.5 * 2^52 rounds a double to the nearest integer, ties to even: faster than Math.round. */
const ROUNDER = 6755399441055744;

/** The block at work, in doubles: read seven times, it is worth widening once (a quarter faster). */
const block = new Float64Array(QUANTIZATION_BLOCK);

/**
 * Quantizes rows in blocks of 32 along the columns, each with the float16 scale that gives the least squared error of
 * those tried. Layout and meaning as in WeightBlock. The same numbers give the same bytes everywhere.
 * @param values `[rows, columns]`; columns a multiple of 32, so blocks never cross a row
 * @param codes `rows * columns / 2` bytes (q4) or `rows * columns` (q8), written
 * @param scales `rows * columns / 32` float16 bits, written
 * @param name weight, for messages; `firstIndex` is the place of `values[0]` in it
 * @throws TensorError TENSOR_VALUE_INVALID for NaN, infinity, or a block no float16 scale can reach
 */
export function quantizeRows(
  encoding: 'q4' | 'q8',
  values: Float32Array,
  codes: Uint8Array,
  scales: Uint16Array,
  name: string,
  firstIndex = 0,
): void {
  const codec = CODECS[encoding];
  const bytes = blockBytes(encoding);
  for (let b = 0; b < scales.length; b++) {
    const start = b * QUANTIZATION_BLOCK;
    const peak = load(values, start);
    if (Number.isNaN(peak)) throw notFinite(firstIndex + start, name);
    const scale = peak === 0 ? 0 : bestScale(peak, codec);
    if ((scale & 0x7fff) === 0x7c00) throw outOfReach(peak, name, firstIndex + start);
    scales[b] = scale;
    toCodes(halfToFloat(scale), codec.half);
    const at = b * bytes;
    if (encoding === 'q8') codes.set(block, at);
    else for (let i = 0; i < bytes; i++) codes[at + i] = (block[2 * i] as number) | ((block[2 * i + 1] as number) << 4);
  }
}

/** Takes a block to work on; the number of largest magnitude with its sign, or NaN where one is not finite. */
function load(values: Float32Array, start: number): number {
  let low = 0;
  let high = 0;
  let check = 0;
  for (let i = 0; i < QUANTIZATION_BLOCK; i++) {
    const value = values[start + i] as number;
    block[i] = value;
    if (value < low) low = value;
    else if (value > high) high = value;
    // 0 for every finite number, NaN for the others.
    check += value * 0;
  }
  return -low > high ? low + check : high + check;
}

/** Float16 bits of the best scale of the block, an infinity where it is out of reach. */
function bestScale(peak: number, { half, factors }: Codec): number {
  let best = 0x7c00;
  let least = Number.POSITIVE_INFINITY;
  for (const factor of factors) {
    const scale = toScale((factor * peak) / -half);
    const error = squaredError(halfToFloat(scale), half);
    if (error < least) {
      least = error;
      best = scale;
    }
  }
  // For the codes just found, least squares knows the scale that fits them best; with it codes may move once more.
  const fitted = toScale(fittedScale(halfToFloat(best), half));
  return squaredError(halfToFloat(fitted), half) < least ? fitted : best;
}

/** Nearest float16, but never zero: numbers below 2^-25 would all vanish where the smallest scale still tells them apart. */
function toScale(value: number): number {
  const bits = floatToHalf(value);
  return (bits & 0x7fff) === 0 ? bits | 1 : bits;
}

/** Sum of squared differences between the block and its codes times `scale`; NaN, so never the least, for infinity. */
function squaredError(scale: number, half: number): number {
  const inverse = 1 / scale;
  const low = -half;
  const high = half - 1;
  let sum = 0;
  for (let i = 0; i < QUANTIZATION_BLOCK; i++) {
    const value = block[i] as number;
    let code = value * inverse + ROUNDER - ROUNDER;
    if (code < low) code = low;
    else if (code > high) code = high;
    const difference = value - code * scale;
    sum += difference * difference;
  }
  return sum;
}

/** The s that minimises |block - s * codes|^2 for the codes that `scale` gives. */
function fittedScale(scale: number, half: number): number {
  const inverse = 1 / scale;
  const low = -half;
  const high = half - 1;
  let product = 0;
  let square = 0;
  for (let i = 0; i < QUANTIZATION_BLOCK; i++) {
    const value = block[i] as number;
    let code = value * inverse + ROUNDER - ROUNDER;
    if (code < low) code = low;
    else if (code > high) code = high;
    product += value * code;
    square += code * code;
  }
  return square === 0 ? scale : product / square;
}

/** Turns the block into its codes, 0 to 2 * half - 1. */
function toCodes(scale: number, half: number): void {
  const inverse = scale === 0 ? 0 : 1 / scale;
  for (let i = 0; i < QUANTIZATION_BLOCK; i++) {
    const code = (block[i] as number) * inverse + ROUNDER - ROUNDER + half;
    block[i] = Math.max(0, Math.min(2 * half - 1, code));
  }
}

function notFinite(blockIndex: number, name: string): TensorError {
  const at = block.findIndex((value) => !Number.isFinite(value));
  const index = blockIndex + at;
  const value = block[at];
  const message = `${name}[${index}] is ${value}: the checkpoint is damaged, get it again.`;
  return new TensorError('TENSOR_VALUE_INVALID', message, { name, index, value });
}

function outOfReach(peak: number, name: string, index: number): TensorError {
  const message = `${name} reaches ${peak} near [${index}], more than a float16 scale can express: import it as f32.`;
  return new TensorError('TENSOR_VALUE_INVALID', message, { name, index, value: peak });
}
