import { describe, expect, test } from 'vitest';
import {
  bfloatsToFloats,
  floatsToHalves,
  floatToHalf,
  halfToFloat,
  halvesToFloats,
} from '../../../src/tensors/float16.ts';

/** Finite halves of positive sign are in the order of their bits, so neighbours in value are neighbours in bits. */
const LARGEST = 0x7bff;

/** Nearest half by search, ties to even: slow, and written from the definition. */
function nearestHalf(value: number): number {
  const magnitude = Math.abs(value);
  let low = 0;
  let high = LARGEST;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (halfToFloat(middle) <= magnitude) low = middle;
    else high = middle;
  }
  const below = magnitude - halfToFloat(low);
  const above = halfToFloat(high) - magnitude;
  const nearest = below < above || (below === above && low % 2 === 0) ? low : high;
  return nearest | (Object.is(value, -0) || value < 0 ? 0x8000 : 0);
}

describe('float16', () => {
  test.each([
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('bits %i mean %d', (bits, value) => {
    expect(halfToFloat(bits)).toBe(value);
  });

  test('every one of the 65536 halves survives the way to float32 and back', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfToFloat(bits);
      if (Number.isNaN(value)) expect(floatToHalf(value) & 0x7fff).toBeGreaterThan(0x7c00);
      else if (floatToHalf(value) !== bits) expect(floatToHalf(value)).toBe(bits);
    }
  });

  test('the middle between two neighbours goes to the even one, a hair beside it to the nearer one', () => {
    const float = new Float32Array(1);
    const bits = new Uint32Array(float.buffer);
    for (let half = 0; half < LARGEST; half++) {
      float[0] = (halfToFloat(half) + halfToFloat(half + 1)) / 2;
      const middle = bits[0] as number;
      const even = half % 2 === 0 ? half : half + 1;
      const got = [-1, 0, 1].map((step) => {
        bits[0] = middle + step;
        return floatToHalf(float[0] as number);
      });
      if (got[0] !== half || got[1] !== even || got[2] !== half + 1) expect(got).toEqual([half, even, half + 1]);
    }
  });

  test('random floats over the whole range go to the nearest half', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    for (let i = 0; i < 200_000; i++) {
      const value = Math.fround((random() < 0.5 ? -1 : 1) * 2 ** (random() * 42 - 26));
      if (Math.abs(value) >= 65504) continue;
      if (floatToHalf(value) !== nearestHalf(value))
        expect([value, floatToHalf(value)]).toEqual([value, nearestHalf(value)]);
    }
  });

  test('what rounds beyond the largest half is infinite, what stays below is not', () => {
    expect(floatToHalf(65519.996)).toBe(0x7bff);
    expect(floatToHalf(65520)).toBe(0x7c00);
    expect(floatToHalf(-1e30)).toBe(0xfc00);
  });

  test.each([65520, Number.NaN, Number.NEGATIVE_INFINITY])(
    'an array holding %d is refused by name and index',
    (value) => {
      expect(() => floatsToHalves(Float32Array.of(1, value), 'some.weight', 100)).toThrow(
        expect.objectContaining({ code: 'TENSOR_VALUE_INVALID', message: expect.stringContaining('some.weight[101]') }),
      );
    },
  );

  test('arrays convert like single numbers', () => {
    const values = Float32Array.of(0, -0, 1.5, -65504, 2 ** -24);
    expect([...halvesToFloats(floatsToHalves(values, 'x'))]).toEqual([...values]);
  });

  test('bfloat16 is the upper half of a float32', () => {
    const bits = Uint16Array.of(0x3f80, 0xc040, 0x0000, 0x7f80, 0x0001);
    expect([...bfloatsToFloats(bits)]).toEqual([1, -3, 0, Number.POSITIVE_INFINITY, 2 ** -133]);
  });
});
