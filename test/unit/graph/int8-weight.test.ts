import { expect, it } from 'vitest';
import { int8Weight } from '../../../src/graph/int8-weight.ts';
import { storedReader } from '../../../src/runtime/stored-reader.ts';
import { Int8Turner } from '../../../src/tensors/int8-turn.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';
import { openFixture } from '../../support/packages.ts';

it.each(['codes first', 'scales first'])(
  'a weight is read and made once whatever is asked for first: %s',
  async (order) => {
    const { weights, shards } = await openFixture('demo-model', 'q4');
    const weight = weights.get('text_model.model.layers.0.ffn.fc1.weight') as Weight;
    const stored = storedReader(shards);
    const reads: string[] = [];
    const read = (tensor: StoredTensor) => {
      reads.push(tensor.name);
      return stored(tensor);
    };
    const turner = new Int8Turner();
    const expected = int8Weight(weight, { groups: 1, panel: 32 }, turner);
    const [codes, scales] = [expected.codes.make(stored).slice(), expected.scales.make(stored).slice()];
    const asked = int8Weight(weight, { groups: 1, panel: 32 }, turner);
    const parts = order === 'codes first' ? [asked.codes, asked.scales] : [asked.scales, asked.codes];
    for (const part of parts) {
      const made = part.make(read).slice();
      expect(made).toHaveLength(part.byteLength);
      expect(made).toEqual(part === asked.codes ? codes : scales);
    }
    expect(reads).toHaveLength(2);
    expect(new Set(reads).size).toBe(2);
  },
);

it('what is asked for later stays what it was, whatever is turned in the same memory meanwhile', async () => {
  const { weights, shards } = await openFixture('demo-model', 'q4');
  const read = storedReader(shards);
  const layout = { groups: 1, panel: 32 };
  const [one, other] = ['0', '1'].map(
    (layer) => weights.get(`text_model.model.layers.${layer}.ffn.fc1.weight`) as Weight,
  );
  const expected = int8Weight(one as Weight, layout, new Int8Turner())
    .codes.make(read)
    .slice();
  const turner = new Int8Turner();
  const asked = int8Weight(one as Weight, layout, turner);
  asked.scales.make(read);
  const between = int8Weight(other as Weight, layout, turner).codes.make(read);
  expect(between).not.toEqual(expected);
  expect(asked.codes.make(read)).toEqual(expected);
});

it('a matrix that needs more memory than is kept is turned as any other', async () => {
  const { weights, shards } = await openFixture('demo-model', 'q8');
  const read = storedReader(shards);
  const small = weights.get('text_model.model.layers.0.ffn.fc1.weight') as Weight;
  const codes = read((small.blocks[0] as Weight['blocks'][number]).data);
  const scales = read((small.blocks[0] as Weight['blocks'][number]).scales as StoredTensor);
  const [rows, columns] = small.shape as [number, number];
  const times = Math.ceil(2 ** 25 / (rows * columns)) + 1;
  const many = (bytes: Uint8Array) => {
    const all = new Uint8Array(times * bytes.length);
    for (let i = 0; i < times; i++) all.set(bytes, i * bytes.length);
    return all;
  };
  const halves = many(scales);
  const from = {
    encoding: 'q8',
    columns,
    rows: times * rows,
    codes: many(codes),
    scales: new Uint16Array(halves.buffer),
  } as const;
  const turner = new Int8Turner();
  const expected = turner
    .turn({ ...from, rows, codes, scales: from.scales.subarray(0, scales.length / 2) }, 1, 32)
    .codes.slice();
  const { codes: turned } = turner.turn(from, 1, 32);
  expect(turned).toHaveLength(times * expected.length);
  const ends = [turned.subarray(0, expected.length), turned.subarray(-expected.length)];
  const again = turner.turn({ ...from, rows }, 1, 32).codes;
  for (const end of [...ends, again]) expect(end.every((code, i) => code === expected[i])).toBe(true);
});
