import { beforeAll, describe, expect, test } from 'vitest';
import { blockBytes, dequantizeRows } from '../../../src/tensors/dequantize.ts';
import { floatToHalf, halfToFloat } from '../../../src/tensors/float16.ts';
import { quantizeRows } from '../../../src/tensors/quantize.ts';
import { demoLinearLayers } from './demo-tensors.ts';

const HALF = { q4: 8, q8: 128 } as const;
const ENCODINGS = ['q4', 'q8'] as const;

function quantize(encoding: 'q4' | 'q8', values: Float32Array) {
  const blocks = values.length / 32;
  const codes = new Uint8Array(blocks * blockBytes(encoding));
  const scales = new Uint16Array(blocks);
  quantizeRows(encoding, values, codes, scales, 'some.weight', 1000);
  const stored = new Float32Array(values.length);
  dequantizeRows({ encoding, rows: 1, columns: values.length, codes, scales }, stored);
  return { codes, scales, stored };
}

/** Code of element `i`, read by hand from the layout MatMulNBits wants. */
function codeAt(encoding: 'q4' | 'q8', codes: Uint8Array, i: number): number {
  if (encoding === 'q8') return codes[i] as number;
  const pair = codes[i >> 1] as number;
  return i % 2 === 0 ? pair & 15 : pair >> 4;
}

function squaredError(values: Float32Array, stored: Float32Array): number {
  return values.reduce((sum, value, i) => sum + (value - (stored[i] as number)) ** 2, 0);
}

/** Squared error of one block at a scale, codes chosen by plain rounding. */
function errorAt(values: Float32Array, scale: number, low: number, high: number): number {
  return values.reduce((sum, value) => {
    const code = scale === 0 ? 0 : Math.max(low, Math.min(high, Math.round(value / scale)));
    return sum + (value - code * scale) ** 2;
  }, 0);
}

function gaussian(count: number, deviation = 0.02): Float32Array {
  let seed = 7;
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return (seed + 1) / 2 ** 31;
  };
  return Float32Array.from({ length: count }, () => {
    return deviation * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  });
}

function blocksOf(values: Float32Array): Float32Array[] {
  return Array.from({ length: values.length / 32 }, (_, i) => values.subarray(i * 32, i * 32 + 32));
}

describe.each(ENCODINGS)('%s', (encoding) => {
  const half = HALF[encoding];

  test('each code is the one nearest to its number under the stored scale', () => {
    const values = gaussian(32 * 500);
    const { codes, scales } = quantize(encoding, values);
    values.forEach((value, i) => {
      const scale = halfToFloat(scales[i >> 5] as number);
      const exact = Math.max(-half, Math.min(half - 1, value / scale));
      expect(Math.abs(codeAt(encoding, codes, i) - half - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
    });
  });

  test('the scale found is within 3% of the best of 240 in RMS error, and better than rounding to the peak', () => {
    const values = gaussian(32 * 500);
    const { stored } = quantize(encoding, values);
    let best = 0;
    let plain = 0;
    for (const block of blocksOf(values)) {
      const peak = Math.max(...block.map(Math.abs));
      const scaleOf = (factor: number) => halfToFloat(floatToHalf((factor * peak) / half));
      const factors = Array.from({ length: 120 }, (_, i) => (encoding === 'q4' ? 0.6 + i * 0.005 : 0.95 + i * 0.0005));
      best += Math.min(
        ...factors.flatMap((factor) => [1, -1].map((sign) => errorAt(block, sign * scaleOf(factor), -half, half - 1))),
      );
      plain += errorAt(block, halfToFloat(floatToHalf(peak / (half - 1))), 1 - half, half - 1);
    }
    const found = squaredError(values, stored);
    expect(Math.sqrt(found / best)).toBeLessThan(encoding === 'q4' ? 1.03 : 1.07);
    expect(found).toBeLessThan(plain * (encoding === 'q4' ? 0.8 : 0.95));
  });

  test('a block of zeros comes back as zeros', () => {
    const { stored, scales } = quantize(encoding, new Float32Array(64));
    expect(scales).toEqual(new Uint16Array(2));
    expect([...stored].every((value) => value === 0)).toBe(true);
  });

  test('numbers too small for any normal scale are kept to half the smallest one', () => {
    const alike = new Float32Array(32).fill(2e-7);
    alike[1] = -2e-7;
    const amongZeros = new Float32Array(32);
    amongZeros.set([2e-7, -1.2e-7, 1.5e-7]);
    for (const values of [alike, amongZeros]) {
      const { stored } = quantize(encoding, values);
      // The smallest scale is 2^-24, so half of it is the most a number can be off.
      values.forEach((value, i) => {
        expect(Math.abs((stored[i] as number) - value)).toBeLessThanOrEqual(2 ** -25);
      });
    }
  });

  test('the peak of either sign can be met exactly', () => {
    for (const peak of [1, -1]) {
      const values = new Float32Array(32);
      values[5] = peak;
      expect(quantize(encoding, values).stored[5]).toBe(peak);
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is refused by name and index',
    (bad) => {
      const values = new Float32Array(96).fill(0.5);
      values[70] = bad;
      expect(() => quantize(encoding, values)).toThrow(
        expect.objectContaining({
          code: 'TENSOR_VALUE_INVALID',
          message: expect.stringContaining('some.weight[1070]'),
        }),
      );
    },
  );

  test('numbers beyond every float16 scale are refused', () => {
    expect(() => quantize(encoding, new Float32Array(32).fill(3e38))).toThrow(
      expect.objectContaining({ code: 'TENSOR_VALUE_INVALID' }),
    );
  });
});

describe('on the trained layers of the demo model', () => {
  let layers: Map<string, Float32Array>;
  beforeAll(async () => {
    layers = await demoLinearLayers();
  });

  test.each(ENCODINGS)('the %s scale search beats rounding to the largest magnitude in every layer', (encoding) => {
    const half = HALF[encoding];
    let [searched, plain, power] = [0, 0, 0];
    for (const values of layers.values()) {
      const found = squaredError(values, quantize(encoding, values).stored);
      const rounded = blocksOf(values).reduce((sum, block) => {
        const peak = Math.max(...block.map(Math.abs));
        return sum + errorAt(block, halfToFloat(floatToHalf(peak / (half - 1))), 1 - half, half - 1);
      }, 0);
      expect(found).toBeLessThan(rounded);
      searched += found;
      plain += rounded;
      power += values.reduce((sum, value) => sum + value * value, 0);
    }
    const percent = (sum: number) => `${(Math.sqrt(sum / power) * 100).toFixed(3)}%`;
    console.log(`${encoding}: relative RMS error ${percent(searched)}, by plain rounding ${percent(plain)}`);
  });
});
