import { describe, expect, test } from 'vitest';
import { blockBytes } from '../../../src/tensors/dequantize.ts';
import { floatsToHalves } from '../../../src/tensors/float16.ts';
import { quantizeRows } from '../../../src/tensors/quantize.ts';
import { readRows, readWeight } from '../../../src/tensors/read-weight.ts';
import { bytesOf } from '../../../src/tensors/typed-view.ts';
import type { Encoding, StoredTensor, Weight, WeightBlock } from '../../../src/tensors/weight-index.ts';

const ROWS = 37;
const COLUMNS = 96;
const VALUES = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => Math.fround(Math.sin(i * 1.7)));

/** A weight in two blocks of 16 and 21 rows, its arrays at odd offsets of one buffer. */
function stored(encoding: Encoding) {
  const arrays = new Map<string, Uint8Array>();
  const tensor = (name: string, bytes: Uint8Array): StoredTensor => {
    const odd = new Uint8Array(bytes.length + 1);
    odd.set(bytes, 1);
    arrays.set(name, odd.subarray(1));
    return { name, dtype: 'U8', shape: [], file: 'x', offset: 0, byteLength: bytes.length };
  };
  const blocks = [
    [0, 16],
    [16, 21],
  ].map(([rowStart = 0, rows = 0]): WeightBlock => {
    const values = VALUES.slice(rowStart * COLUMNS, (rowStart + rows) * COLUMNS);
    if (encoding === 'f32') return { rowStart, rows, data: tensor(`${rowStart}`, bytesOf(values)) };
    if (encoding === 'f16')
      return { rowStart, rows, data: tensor(`${rowStart}`, bytesOf(floatsToHalves(values, 'x'))) };
    const scales = new Uint16Array(values.length / 32);
    const codes = new Uint8Array(scales.length * blockBytes(encoding));
    quantizeRows(encoding, values, codes, scales, 'x');
    return { rowStart, rows, data: tensor(`${rowStart}`, codes), scales: tensor(`${rowStart}s`, bytesOf(scales)) };
  });
  const weight: Weight = { name: 'x', shape: [ROWS, COLUMNS], encoding, blocks };
  return { weight, read: ({ name }: StoredTensor) => arrays.get(name) as Uint8Array };
}

describe.each([
  ['f32', 0],
  ['f16', 2 ** -12],
  ['q8', 1 / 128],
  ['q4', 1 / 7],
] as const)('a weight stored as %s in two row blocks', (encoding, tolerance) => {
  const { weight, read } = stored(encoding);
  const dense = readWeight(weight, read);

  test('comes back whole, each number within the encoding', () => {
    dense.forEach((value, i) => {
      expect(Math.abs(value - (VALUES[i] as number))).toBeLessThanOrEqual(tolerance);
    });
  });

  test('rows looked up one by one are the rows of the whole, in the order asked for', () => {
    const wanted = [36, 0, 15, 16, 16];
    const expected = wanted.flatMap((row) => [...dense.subarray(row * COLUMNS, (row + 1) * COLUMNS)]);
    expect([...readRows(weight, wanted, read)]).toEqual(expected);
  });

  test('a row it does not have is refused', () => {
    expect(() => readRows(weight, [ROWS], read)).toThrow(RangeError);
  });
});

test('q4 is low nibble first with zero point 8, q8 has zero point 128', () => {
  const tensor = (name: string): StoredTensor => ({
    name,
    dtype: 'U8',
    shape: [],
    file: 'x',
    offset: 0,
    byteLength: 0,
  });
  const codes = Uint8Array.from({ length: 32 }, (_, i) => i * 8);
  const scales = bytesOf(floatsToHalves(Float32Array.of(0.5), 'x'));
  const read = ({ name }: StoredTensor) => (name === 's' ? scales : name === 'q4' ? codes.subarray(0, 16) : codes);
  const blocks = (name: string) => [{ rowStart: 0, rows: 1, data: tensor(name), scales: tensor('s') }];
  const q4 = readWeight({ name: 'x', shape: [1, 32], encoding: 'q4', blocks: blocks('q4') }, read);
  expect([...q4.subarray(0, 6)]).toEqual([-4, -4, 0, -4, -4, -3.5]);
  const q8 = readWeight({ name: 'x', shape: [1, 32], encoding: 'q8', blocks: blocks('q8') }, read);
  expect([...q8.subarray(15, 18)]).toEqual([-4, 0, 4]);
});
