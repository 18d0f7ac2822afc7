import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import type { SchemeName } from '../../../src/package/schemes.ts';
import { storedReader } from '../../../src/runtime/session.ts';
import { blockBytes } from '../../../src/tensors/dequantize.ts';
import { int8RowScales, int8Transposed } from '../../../src/tensors/int8-rows.ts';
import { quantizeRows } from '../../../src/tensors/quantize.ts';
import { readWeight } from '../../../src/tensors/read-weight.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';
import { openFixture } from '../../support/packages.ts';

describe.each(['f32', 'q8', 'q4'] satisfies SchemeName[])('a weight of a %s package as int8', (scheme) => {
  it('is within half a step of its numbers, the largest of each row at 127 steps', async () => {
    const { weights, shards, config } = await openFixture('demo-model', scheme);
    const read = storedReader(shards);
    const { vocabSize, embedDim } = config.text;
    const weight = weights.get('text_model.model.embed_tokens.weight') as Weight;
    const all = { start: 0, end: embedDim };
    const expected = readWeight(weight, read);
    const scales = int8RowScales(weight, all, read);
    const codes = int8Transposed(weight, all, read);
    expect([scales.length, codes.length]).toEqual([vocabSize, vocabSize * embedDim]);
    let worst = 0;
    for (let row = 0; row < vocabSize; row += 1) {
      let largest = 0;
      for (let column = 0; column < embedDim; column += 1) {
        const code = codes[column * vocabSize + row] as number;
        const step = scales[row] as number;
        worst = Math.max(worst, Math.abs((expected[row * embedDim + column] as number) / step - code));
        largest = Math.max(largest, Math.abs(code));
      }
      if (largest !== 127 && scales[row] !== 1) expect.fail(`row ${row} uses ${largest} steps`);
    }
    expect(worst).toBeLessThan(0.5001);

    // A part of the columns is as if there were no others.
    const part = { start: 32, end: 96 };
    const partScales = int8RowScales(weight, part, read);
    const partCodes = int8Transposed(weight, part, read);
    let error = 0;
    for (let row = 0; row < vocabSize; row += 1) {
      for (let column = part.start; column < part.end; column += 1) {
        const code = partCodes[(column - part.start) * vocabSize + row] as number;
        const steps = (expected[row * embedDim + column] as number) / (partScales[row] as number);
        error = Math.max(error, Math.abs(steps - code));
      }
    }
    expect(error).toBeLessThan(0.5001);
  });
});

it('rows of nothing but zeros stay zeros, and columns may be no multiple of a line', () => {
  const values = Float32Array.from([0, 0, 0, 1, -2, 0.5, 254, 1, -254]);
  const data = { name: 'w', dtype: 'F32', shape: [3, 3], file: 'f', offset: 0, byteLength: 36 } as const;
  const weight: Weight = { name: 'w', shape: [3, 3], encoding: 'f32', blocks: [{ rowStart: 0, rows: 3, data }] };
  const all = { start: 0, end: 3 };
  const read = () => new Uint8Array(values.buffer);
  expect([...int8RowScales(weight, all, read)]).toEqual([1, Math.fround(2 / 127), 2]);
  expect([...int8Transposed(weight, all, read)]).toEqual([0, 64, 127, 0, -127, 1, 0, 32, -127]);
});

it.each(['q4', 'q8'] as const)(
  '%s: in rows and columns of any number, stored in two parts, each number is its nearest step',
  (encoding) => {
    const [rows, columns, parts] = [139, 96, [70, 69]] as const;
    const random = mulberry32(5);
    const stored = new Map<StoredTensor, Uint8Array>();
    const keep = (name: string, bytes: Uint8Array): StoredTensor => {
      const tensor = {
        name,
        dtype: 'U8',
        shape: [bytes.length],
        file: 'f',
        offset: 0,
        byteLength: bytes.length,
      } as const;
      stored.set(tensor, bytes);
      return tensor;
    };
    let rowStart = 0;
    const blocks = parts.map((count, part) => {
      const values = Float32Array.from({ length: count * columns }, () => (random() - 0.5) * random());
      const scales = new Uint16Array((count * columns) / 32);
      const codes = new Uint8Array(((count * columns) / 32) * blockBytes(encoding));
      quantizeRows(encoding, values, codes, scales, 'w');
      const block = {
        rowStart,
        rows: count,
        data: keep(`codes ${part}`, codes),
        scales: keep(`scales ${part}`, new Uint8Array(scales.buffer)),
      };
      rowStart += count;
      return block;
    });
    const weight: Weight = { name: 'w', shape: [rows, columns], encoding, blocks };
    const read = (tensor: StoredTensor) => stored.get(tensor) as Uint8Array;
    const expected = readWeight(weight, read);
    for (const { start, end } of [
      { start: 0, end: 96 },
      { start: 32, end: 64 },
    ]) {
      const scales = int8RowScales(weight, { start, end }, read);
      const codes = int8Transposed(weight, { start, end }, read);
      for (let row = 0; row < rows; row += 1) {
        const numbers = expected.subarray(row * columns + start, row * columns + end);
        const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
        expect(scales[row]).toBe(Math.fround(largest / 127));
        const steps = [...numbers].map((number) => Math.floor(number / (scales[row] as number) + 0.5) + 0);
        expect([...numbers].map((_, column) => codes[column * rows + row])).toEqual(steps);
      }
    }
  },
);
