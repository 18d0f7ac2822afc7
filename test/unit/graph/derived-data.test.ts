import { expect, it } from 'vitest';
import { castWeight, floatScales } from '../../../src/graph/derived-data.ts';
import { Scratch } from '../../../src/tensors/scratch.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';

const HALVES = Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x0001);
const stored: StoredTensor = { name: 'x', dtype: 'F16', shape: [2, 2], file: 'f', offset: 0, byteLength: 8 };
const read = () => new Uint8Array(HALVES.buffer);
const weight: Weight = { name: 'x', shape: [2, 2], encoding: 'f16', blocks: [{ rowStart: 0, rows: 2, data: stored }] };

it.each([
  ['a weight', castWeight(weight, 'f32')],
  ['scales', floatScales(stored)],
])(
  '%s as float32 are the same in memory that something lies in, which is not left for an array of their own',
  (_, data) => {
    const scratch = new Scratch();
    scratch.take(64).fill(255);
    const made = data.make(read, scratch);
    expect(new Float32Array(made.slice().buffer)).toEqual(Float32Array.of(1, -2, 0.5, 2 ** -24));
    expect(made.buffer).toBe(scratch.take(1).buffer);
    expect(made).toEqual(data.make(read));
    expect(made).toHaveLength(data.byteLength);
  },
);
