import { TensorError } from './errors.ts';

/** Largest finite float16. */
const MAX_HALF = 65504;

const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

/** Every float16 as float32: one load a value, and small enough (256 kB) to stay in the cache. */
const FLOAT_OF_HALF = floatsOfAllHalves();

function floatsOfAllHalves(): Float32Array {
  const floats = new Float32Array(0x10000);
  for (let half = 0; half < 0x10000; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) floats[half] = sign * fraction * 2 ** -24;
    else if (exponent < 31) floats[half] = sign * (1024 + fraction) * 2 ** (exponent - 25);
    else floats[half] = fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return floats;
}

/** The value of float16 bits. */
export function halfToFloat(bits: number): number {
  return FLOAT_OF_HALF[bits & 0xffff] as number;
}

/** The float16 bits nearest to a number, ties to even, as IEEE 754 and PyTorch do; beyond 65519.99 infinity. */
export function floatToHalf(value: number): number {
  scratchFloat[0] = value;
  const bits = scratchBits[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    // Rebias the exponent from 127 to 15 and round off 13 bits: half a unit less one, plus the last kept bit.
    return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
  }
  // Below 2^-14 a half is a multiple of 2^-24, which is the last place of a float32 between 0.5 and 1:
  // the addition itself rounds, ties to even.
  scratchFloat[0] = Math.abs(scratchFloat[0] as number) + 0.5;
  return sign | ((scratchBits[0] as number) - 0x3f000000);
}

/** float16 bits to float32, element by element. */
export function halvesToFloats(halves: Uint16Array, out: Float32Array = new Float32Array(halves.length)): Float32Array {
  for (let i = 0; i < halves.length; i++) out[i] = FLOAT_OF_HALF[halves[i] as number] as number;
  return out;
}

/** bfloat16 bits to float32: the upper half of the same number, so exact. */
export function bfloatsToFloats(
  bfloats: Uint16Array,
  out: Float32Array = new Float32Array(bfloats.length),
): Float32Array {
  const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < bfloats.length; i++) bits[i] = (bfloats[i] as number) << 16;
  return out;
}

/**
 * float32 to float16 bits, to nearest even.
 * @param name tensor, for the message; `firstIndex` is the place of `values[0]` in it
 * @throws TensorError TENSOR_VALUE_INVALID where a value is not finite or beyond 65504 as float16
 */
export function floatsToHalves(
  values: Float32Array,
  name: string,
  firstIndex = 0,
  out: Uint16Array = new Uint16Array(values.length),
): Uint16Array {
  for (let i = 0; i < values.length; i++) {
    const half = floatToHalf(values[i] as number);
    if ((half & 0x7c00) === 0x7c00) throw notAHalf(name, firstIndex + i, values[i] as number);
    out[i] = half;
  }
  return out;
}

function notAHalf(name: string, index: number, value: number): TensorError {
  const what = Number.isFinite(value)
    ? `${value}, beyond ${MAX_HALF}, the largest float16: import it as f32`
    : `${value}: the checkpoint is damaged, get it again`;
  return new TensorError('TENSOR_VALUE_INVALID', `${name}[${index}] is ${what}.`, { name, index, value });
}
