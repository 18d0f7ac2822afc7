import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import type { SchemeName } from '../../../src/package/schemes.ts';
import { storedReader } from '../../../src/runtime/stored-reader.ts';
import { blockBytes } from '../../../src/tensors/dequantize.ts';
import { type Int8Layout, int8Matrix, paddedRows } from '../../../src/tensors/int8-panels.ts';
import { Int8Turner } from '../../../src/tensors/int8-turn.ts';
import { quantizeRows } from '../../../src/tensors/quantize.ts';
import { type ReadBytes, readWeight } from '../../../src/tensors/read-weight.ts';
import { rotate } from '../../../src/tensors/rotation.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';
import { openFixture } from '../../support/packages.ts';

/** All numbers of a weight, rotated block by block. */
function rotatedNumbers(weight: Weight, read: ReadBytes): Float32Array {
  const numbers = readWeight(weight, read);
  for (let at = 0; at < numbers.length; at += 32) rotate(numbers, at);
  return numbers;
}

/** Code and scale of a number, by its row and column. */
function placed(weight: Weight, layout: Int8Layout, read: ReadBytes) {
  const { groups, panel } = layout;
  const [rows, columns] = weight.shape as [number, number];
  const [width, wide] = [paddedRows(rows, panel), columns / groups];
  const { scales, codes } = int8Matrix(weight, layout, read, new Int8Turner());
  expect([scales.length, codes.length]).toEqual([groups * width, width * columns]);
  const scaleOf = (row: number, column: number) => scales[Math.floor(column / wide) * width + row] as number;
  const codeOf = (row: number, column: number) => {
    const before = (Math.floor(column / wide) * width) / panel + Math.floor(row / panel);
    return codes[(before * wide + (column % wide)) * panel + (row % panel)] as number;
  };
  return { width, scaleOf, codeOf };
}

describe.each(['f32', 'q8', 'q4'] satisfies SchemeName[])('a weight of a %s package as int8', (scheme) => {
  it.each([
    [1, 32],
    [3, 32],
    [3, 128],
  ])(
    'is within half a step of its rotated numbers, the largest of each row at 127 steps, in %s groups and panels of %s',
    async (groups, panel) => {
      const { weights, shards, config } = await openFixture('demo-model', scheme);
      const read = storedReader(shards);
      const { vocabSize, embedDim } = config.text;
      const weight = weights.get('text_model.model.embed_tokens.weight') as Weight;
      const expected = rotatedNumbers(weight, read);
      const { scaleOf, codeOf } = placed(weight, { groups, panel }, read);
      let worst = 0;
      for (let row = 0; row < vocabSize; row += 1) {
        const largest = new Array<number>(groups).fill(0);
        for (let column = 0; column < embedDim; column += 1) {
          const [code, step] = [codeOf(row, column), scaleOf(row, column)];
          worst = Math.max(worst, Math.abs((expected[row * embedDim + column] as number) / step - code));
          const group = Math.floor((column * groups) / embedDim);
          largest[group] = Math.max(largest[group] as number, Math.abs(code));
        }
        for (const [group, most] of largest.entries()) {
          if (most !== 127 && scaleOf(row, (group * embedDim) / groups) !== 1)
            expect.fail(`row ${row} uses ${most} steps of group ${group}`);
        }
      }
      expect(worst).toBeLessThan(0.5001);
    },
  );
});

it('rows of nothing but zeros stay zeros, as do those that fill the last panel, and columns that are no multiple of a block are not rotated', () => {
  const values = Float32Array.from([0, 0, 0, 1, -2, 0.5, 254, 1, -254]);
  const data = { name: 'w', dtype: 'F32', shape: [3, 3], file: 'f', offset: 0, byteLength: 36 } as const;
  const weight: Weight = { name: 'w', shape: [3, 3], encoding: 'f32', blocks: [{ rowStart: 0, rows: 3, data }] };
  const read = () => new Uint8Array(values.buffer);
  const rest = new Array(29).fill(0);
  const { scales, codes } = int8Matrix(weight, { groups: 1, panel: 32 }, read, new Int8Turner());
  expect([...scales]).toEqual([1, Math.fround(2 / 127), 2, ...rest.fill(1)]);
  expect([...codes]).toEqual([...[0, 64, 127, ...rest.fill(0)], ...[0, -127, 1, ...rest], ...[0, 32, -127, ...rest]]);
});

it.each(['q4', 'q8'] as const)(
  '%s: in rows and groups of any number, each rotated number is its nearest step, as floats tell it',
  (encoding) => {
    const [rows, columns] = [139, 96];
    const random = mulberry32(5);
    const values = Float32Array.from({ length: rows * columns }, () => (random() - 0.5) * random());
    const scales = new Uint16Array(values.length / 32);
    const codes = new Uint8Array((values.length / 32) * blockBytes(encoding));
    quantizeRows(encoding, values, codes, scales, 'w');
    const tensor = (name: string, { length }: { length: number }): StoredTensor => ({
      ...{ name, dtype: 'U8', shape: [length], file: 'f', offset: 0, byteLength: length },
    });
    const block = { rowStart: 0, rows, data: tensor('codes', codes), scales: tensor('scales', scales) };
    const weight: Weight = { name: 'w', shape: [rows, columns], encoding, blocks: [block] };
    const read = ({ name }: StoredTensor) => (name === 'codes' ? codes : new Uint8Array(scales.buffer));
    const expected = rotatedNumbers(weight, read);
    for (const layout of [
      { groups: 1, panel: 32 },
      { groups: 3, panel: 32 },
      { groups: 3, panel: 128 },
    ]) {
      const { width, scaleOf, codeOf } = placed(weight, layout, read);
      const wide = columns / layout.groups;
      for (let row = 0; row < rows; row += 1) {
        for (let start = 0; start < columns; start += wide) {
          const numbers = expected.subarray(row * columns + start, row * columns + start + wide);
          const step = scaleOf(row, start);
          expect(step).toBe(Math.fround(numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0) / 127));
          const errors = [...numbers].map((number, column) => Math.abs(number / step - codeOf(row, start + column)));
          // Half a step, and what a quotient and a product of 127 at most lose in float32.
          expect(Math.max(...errors)).toBeLessThanOrEqual(0.5 + 127 * 2 ** -23);
        }
      }
      for (let row = rows; row < width; row += 1) {
        for (let column = 0; column < columns; column += 1) expect(codeOf(row, column)).toBe(0);
      }
    }
  },
);
