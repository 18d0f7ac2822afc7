import { describe, expect, test } from 'vitest';
import { dequantizeRows, zeroPointBytes } from '../../../src/tensors/dequantize.ts';
import { floatToHalf, halfToFloat } from '../../../src/tensors/float16.ts';
import { quantizeRows } from '../../../src/tensors/quantize.ts';
import { quantizeRowsAsymmetric } from '../../../src/tensors/quantize-asymmetric.ts';
import { demoLinearLayers } from './demo-tensors.ts';

function quantize(values: Float32Array, columns = values.length) {
  const rows = values.length / columns;
  const codes = new Uint8Array(values.length / 2);
  const scales = new Uint16Array(values.length / 32);
  const zeroPoints = new Uint8Array(rows * zeroPointBytes(columns));
  quantizeRowsAsymmetric(values, columns, codes, scales, zeroPoints, 'some.weight');
  const stored = new Float32Array(values.length);
  dequantizeRows({ encoding: 'q4', rows, columns, codes, scales, zeroPoints }, stored);
  return { codes, scales, zeroPoints, stored };
}

function symmetric(values: Float32Array): Float32Array {
  const codes = new Uint8Array(values.length / 2);
  const scales = new Uint16Array(values.length / 32);
  quantizeRows('q4', values, codes, scales, 'some.weight');
  const stored = new Float32Array(values.length);
  dequantizeRows({ encoding: 'q4', rows: 1, columns: values.length, codes, scales }, stored);
  return stored;
}

const squaredError = (values: Float32Array, stored: Float32Array) =>
  values.reduce((sum, value, i) => sum + (value - (stored[i] as number)) ** 2, 0);

function random(count: number, make: (uniform: number) => number): Float32Array {
  let seed = 11;
  return Float32Array.from({ length: count }, () => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return make((seed + 0.5) / 2 ** 31);
  });
}

/** A sum of uniform numbers is close to a normal one. */
function bellShaped(count: number, offset = 0): Float32Array {
  const parts = random(count * 6, (uniform) => uniform - 0.5);
  return Float32Array.from({ length: count }, (_, i) => {
    return 0.02 * (offset + parts.subarray(i * 6, i * 6 + 6).reduce((sum, part) => sum + part, 0));
  });
}

/** The least squared error of a block over 60 scales and all 16 zero points. */
function bestOfAll(block: Float32Array): number {
  const span = Math.max(0, ...block) - Math.min(0, ...block);
  let best = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 60; step++) {
    const scale = halfToFloat(floatToHalf(((0.7 + step * 0.01) * span) / 15));
    for (let zero = 0; zero < 16; zero++) {
      const error = block.reduce((sum, value) => {
        const code = Math.max(0, Math.min(15, Math.round(value / scale) + zero));
        return sum + (value - (code - zero) * scale) ** 2;
      }, 0);
      best = Math.min(best, error);
    }
  }
  return best;
}

describe('4 bits with zero points', () => {
  test.each([0, 1, -3])('are within 6%% of the best of 960 in RMS error for numbers around %d deviations', (offset) => {
    const values = bellShaped(32 * 200, offset);
    let best = 0;
    for (let at = 0; at < values.length; at += 32) best += bestOfAll(values.subarray(at, at + 32));
    expect(Math.sqrt(squaredError(values, quantize(values).stored) / best)).toBeLessThan(1.06);
  });

  test('halve the error of symmetric codes where all numbers lie on one side of zero', () => {
    const values = random(32 * 200, (uniform) => uniform);
    const ratio = squaredError(values, quantize(values).stored) / squaredError(values, symmetric(values));
    expect(Math.sqrt(ratio)).toBeLessThan(0.55);
  });

  test('lie as MatMulNBits reads them: two blocks a byte, the first in the low nibble, each row beginning anew', () => {
    const blocks = [0.5, -0.25, 1, -1, 0.5, -0.75];
    const values = Float32Array.from({ length: 192 }, (_, i) => (i % 32) * 0.01 + (blocks[i >> 5] as number));
    const { codes, scales, zeroPoints, stored } = quantize(values, 96);
    expect(zeroPointBytes(96)).toBe(2);
    expect(zeroPoints).toHaveLength(4);
    expect([zeroPoints[1], zeroPoints[3]].every((pair) => (pair as number) < 16)).toBe(true);
    values.forEach((_, i) => {
      const block = i >> 5;
      const pair = zeroPoints[Math.floor(block / 3) * 2 + ((block % 3) >> 1)] as number;
      const zero = (block % 3) % 2 === 0 ? pair & 15 : pair >> 4;
      const nibbles = codes[i >> 1] as number;
      const code = i % 2 === 0 ? nibbles & 15 : nibbles >> 4;
      expect(stored[i]).toBe(Math.fround((code - zero) * halfToFloat(scales[block] as number)));
    });
  });

  test('keep zero exact, and refuse what is not finite', () => {
    const values = bellShaped(64);
    values[3] = 0;
    expect(quantize(values).stored[3]).toBe(0);
    expect(quantize(new Float32Array(32)).stored).toEqual(new Float32Array(32));
    values[40] = Number.NaN;
    expect(() => quantize(values)).toThrow(expect.objectContaining({ code: 'TENSOR_VALUE_INVALID' }));
  });

  test('on the trained layers of the demo model lie below the symmetric error', async () => {
    let [asymmetric, plain, power] = [0, 0, 0];
    for (const values of (await demoLinearLayers()).values()) {
      asymmetric += squaredError(values, quantize(values).stored);
      plain += squaredError(values, symmetric(values));
      power += values.reduce((sum, value) => sum + value * value, 0);
    }
    expect(asymmetric).toBeLessThan(plain);
    const percent = (sum: number) => `${(Math.sqrt(sum / power) * 100).toFixed(2)}%`;
    console.log(`4 bits with zero points: relative RMS error ${percent(asymmetric)}, symmetric ${percent(plain)}`);
  });
});
