import { TensorError } from './errors.ts';
import { floatToHalf, halfToFloat } from './float16.ts';
import { QUANTIZATION_BLOCK } from './weight-index.ts';

// The inner loops of the quantizers, over the one block at work. Shared arrays instead of results: the loops run 50
// million times for the full model and must not allocate.

/** Adding and taking away 1.5 * 2^52 rounds a double to the nearest integer, ties to even: faster than Math.round. */
const ROUNDER = 6755399441055744;

/** The block at work, in doubles: read several times, it is worth widening once. */
const block = new Float64Array(QUANTIZATION_BLOCK);

/** What `loadBlock` saw: the least and the largest number, 0 at most and at least. */
export const range = { low: 0, high: 0 };

/** The best of the scales tried: how much of the block's energy it explains, and the scale itself. */
const best = { gain: 0, scale: 0 };

/**
 * Takes a block to work on.
 * @param index place of its first number in the weight, for the message
 * @throws TensorError TENSOR_VALUE_INVALID where a number is not finite
 */
export function loadBlock(values: Float32Array, start: number, name: string, index: number): void {
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
  if (check !== 0) throw notFinite(name, index);
  range.low = low;
  range.high = high;
  best.gain = -1;
}

/**
 * Tries a scale: rounds the block to codes `low..high`, and takes not the scale itself but the one that least squares
 * fits to those codes. With b the block and c its codes the least error is |b|^2 - (b c)^2 / |c|^2, so the codes of the
 * largest (b c)^2 / |c|^2 win: one pass a scale, no second one for the error.
 */
export function tryScale(scale: number, low: number, high: number): void {
  const inverse = 1 / scale;
  // Two sums of each kind keep the additions from waiting for one another.
  let evenProduct = 0;
  let oddProduct = 0;
  let evenSquare = 0;
  let oddSquare = 0;
  for (let i = 0; i < QUANTIZATION_BLOCK; i += 2) {
    const even = block[i] as number;
    const odd = block[i + 1] as number;
    let evenCode = even * inverse + ROUNDER - ROUNDER;
    let oddCode = odd * inverse + ROUNDER - ROUNDER;
    if (evenCode < low) evenCode = low;
    else if (evenCode > high) evenCode = high;
    if (oddCode < low) oddCode = low;
    else if (oddCode > high) oddCode = high;
    evenProduct += even * evenCode;
    oddProduct += odd * oddCode;
    evenSquare += evenCode * evenCode;
    oddSquare += oddCode * oddCode;
  }
  const product = evenProduct + oddProduct;
  const square = evenSquare + oddSquare;
  const gain = (product * product) / square;
  if (gain > best.gain) {
    best.gain = gain;
    best.scale = product / square;
  }
}

/**
 * Float16 bits of the best scale tried for codes `low..high`. Where float16 has few digits left, below 2^-14, the two
 * neighbours are compared, and the smallest scale stands for all below it: 0 would lose the block.
 * @throws TensorError TENSOR_VALUE_INVALID where the scale is beyond float16
 */
export function bestScale(low: number, high: number, name: string, index: number): number {
  const bits = floatToHalf(best.scale);
  if ((bits & 0x7c00) === 0x7c00) throw outOfReach(name, index);
  if ((bits & 0x7c00) !== 0) return bits;
  const [smaller, larger] = [(bits & 0x7fff) === 0 ? bits | 1 : bits, bits + 1];
  return squaredError(halfToFloat(larger), low, high) < squaredError(halfToFloat(smaller), low, high)
    ? larger
    : smaller;
}

/** Writes the block's codes under a scale, from 0 to high - low, one a byte or two (the first in the low nibble). */
export function writeCodes(
  scale: number,
  low: number,
  high: number,
  out: Uint8Array,
  at: number,
  isPacked: boolean,
): void {
  const inverse = scale === 0 ? 0 : 1 / scale;
  for (let i = 0; i < QUANTIZATION_BLOCK; i += 2) {
    let even = (block[i] as number) * inverse + ROUNDER - ROUNDER;
    let odd = (block[i + 1] as number) * inverse + ROUNDER - ROUNDER;
    if (even < low) even = low;
    else if (even > high) even = high;
    if (odd < low) odd = low;
    else if (odd > high) odd = high;
    if (isPacked) {
      out[at + (i >> 1)] = (even - low) | ((odd - low) << 4);
    } else {
      out[at + i] = even - low;
      out[at + i + 1] = odd - low;
    }
  }
}

function squaredError(scale: number, low: number, high: number): number {
  return block.reduce((sum, value) => {
    const code = Math.max(low, Math.min(high, value / scale + ROUNDER - ROUNDER));
    return sum + (value - code * scale) ** 2;
  }, 0);
}

function notFinite(name: string, blockIndex: number): TensorError {
  const at = block.findIndex((value) => !Number.isFinite(value));
  const index = blockIndex + at;
  const value = block[at];
  const message = `${name}[${index}] is ${value}: the checkpoint is damaged, get it again.`;
  return new TensorError('TENSOR_VALUE_INVALID', message, { name, index, value });
}

function outOfReach(name: string, index: number): TensorError {
  const peak = -range.low > range.high ? range.low : range.high;
  const message = `${name} reaches ${peak} near [${index}], more than a float16 scale can express: import it as f32.`;
  return new TensorError('TENSOR_VALUE_INVALID', message, { name, index, value: peak });
}
