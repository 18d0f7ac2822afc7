import * as ort from 'onnxruntime-web';
import { expect, it } from 'vitest';
import type { TextConfig } from '../../../src/kosmos2/config.ts';
import { mulberry32 } from '../../../src/kosmos2/random.ts';
import { HostKvArrays } from '../../../src/runtime/host-kv-arrays.ts';
import type { HostKvSnapshot } from '../../../src/runtime/host-kv-snapshot.ts';
import type { CacheType, KvFeeds } from '../../../src/runtime/kv-cache.ts';
import type { KvReturn } from '../../../src/runtime/kv-return.ts';
import type { Ort, OrtTensor } from '../../../src/runtime/ort.ts';

const [LAYERS, HEADS, SIZE] = [2, 3, 4];
const TEXT = { layers: LAYERS, heads: HEADS, embedDim: HEADS * SIZE } as TextConfig;
const NAMES = Array.from({ length: LAYERS }, (_, layer) => [`key_${layer}`, `value_${layer}`]).flat();
const WAYS: readonly (readonly [KvReturn, CacheType])[] = [
  ['inPlace', 'float32'],
  ['added', 'float32'],
  ['added', 'float16'],
  ['whole', 'float32'],
  ['whole', 'float16'],
];

type Numbers = Float32Array | Uint16Array;

/** A number that says which one it is: of which sequence, keys or values, position, and of the heads' numbers. */
const number = (sequence: number, name: number, position: number, at: number) =>
  ((sequence * NAMES.length + name) * 300 + position) * HEADS * SIZE + at;

/** All of a sequence, `[heads, length, headSize]` for each name. @param bits how many a number has */
function expected(sequence: number, length: number, modulus: number): number[][] {
  return NAMES.map((_, name) =>
    Array.from({ length: HEADS * length * SIZE }, (_, i) => {
      const [head, position, at] = [Math.floor(i / (length * SIZE)), Math.floor(i / SIZE) % length, i % SIZE];
      return number(sequence, name, position, head * SIZE + at) % modulus;
    }),
  );
}

/**
 * What a decoder's run does with keys and values: each sequence's next `count` positions are put behind those filled, in
 * caches at least so long, the rest of which is garbage.
 */
function run(
  { inputs, outputs }: KvFeeds,
  sequences: readonly number[],
  lengths: readonly number[],
  count: number,
  modulus: number,
) {
  const results: Record<string, OrtTensor> = {};
  for (const [index, name] of NAMES.entries()) {
    const past = inputs[`past_${name}`] as OrtTensor;
    const [rows, heads, capacity, size] = past.dims as [number, number, number, number];
    expect([rows, heads, size]).toEqual([sequences.length, HEADS, SIZE]);
    expect(capacity).toBeGreaterThanOrEqual(Math.max(...lengths));
    const next = (row: number, position: number, at: number) =>
      number(sequences[row] as number, index, position, at) % modulus;
    const create = (length: number) => (modulus === 2 ** 16 ? new Uint16Array(length) : new Float32Array(length));
    const added = `added_${name}` in outputs;
    const length = added ? count : Math.max(capacity, Math.max(...lengths) + count);
    const given = outputs[`present_${name}`];
    const data = (given?.data as Numbers | undefined) ?? create(rows * HEADS * length * SIZE).fill(9);
    for (let row = 0; row < rows; row++) {
      const filled = lengths[row] as number;
      for (let position = added ? filled : 0; position < filled + count; position++) {
        for (let at = 0; at < HEADS * SIZE; at++) {
          const [head, inHead] = [Math.floor(at / SIZE), at % SIZE];
          const from = ((row * HEADS + head) * capacity + position) * SIZE + inHead;
          const old = (past.data as Numbers)[from] as number;
          const value = position < filled ? old : next(row, position, at);
          if (added) data[(row * count + position - filled) * HEADS * SIZE + at] = value;
          else data[((row * HEADS + head) * length + position) * SIZE + inHead] = value;
        }
      }
    }
    const dims = added ? [rows, count, HEADS * SIZE] : [rows, HEADS, length, SIZE];
    const tensor = given ?? (new ort.Tensor(past.type as CacheType, data, dims) as OrtTensor);
    results[added ? `added_${name}` : `present_${name}`] = tensor;
  }
  return results;
}

it.each(WAYS)('%s, %s: whatever joins, leaves, is forgotten or copied, every sequence keeps its own', (way, type) => {
  const modulus = type === 'float16' ? 2 ** 16 : 2 ** 24;
  const random = mulberry32(7);
  const any = (below: number) => Math.floor(random() * below);
  const arrays = new HostKvArrays(ort as unknown as Ort, TEXT, type, way);
  const sequences: number[] = [];
  const copies: { readonly sequence: number; readonly copy: HostKvSnapshot }[] = [];
  const numbers = (copy: HostKvSnapshot) => copy.arrays.map((array) => Array.from(array));
  for (let step = 0; step < 300; step++) {
    const row = any(sequences.length);
    const deed = sequences.length === 0 ? 0 : any(8);
    const again = copies[any(copies.length * 2)];
    if (deed === 0 && sequences.length < 4) {
      sequences.push(again?.sequence ?? step);
      arrays.join(again?.copy ?? null);
    } else if (deed === 1 && sequences.length > 1) {
      arrays.leave(row);
      sequences[row] = sequences.at(-1) as number;
      sequences.pop();
    } else if (deed === 2) {
      arrays.truncate(row, any((arrays.lengths[row] as number) + 1));
    } else if (deed === 3) {
      const copy = arrays.copy(row, any((arrays.lengths[row] as number) + 1));
      copies.push({ sequence: sequences[row] as number, copy });
    } else if (Math.max(...arrays.lengths) < 200) {
      const count = any(4) === 0 ? 1 + any(70) : 1;
      arrays.afterRun(run(arrays.beforeRun(count), sequences, arrays.lengths, count, modulus), count);
    }
  }
  expect(copies.length).toBeGreaterThan(10);
  for (const { sequence, copy } of copies) {
    expect(numbers(copy)).toEqual(expected(sequence, copy.length, modulus));
    expect(copy.bytes).toBe(NAMES.length * HEADS * copy.length * SIZE * (type === 'float16' ? 2 : 4));
  }
  for (const [row, sequence] of sequences.entries()) {
    const length = arrays.lengths[row] as number;
    expect(numbers(arrays.copy(row, length))).toEqual(expected(sequence, length, modulus));
  }
});

it.each(['added', 'inPlace'] as const)('%s: room for at most a step more than is filled goes into a run', (way) => {
  const arrays = new HostKvArrays(ort as unknown as Ort, TEXT, 'float32', way);
  arrays.join(null);
  const room = () => arrays.beforeRun(1).inputs.past_key_0?.dims[2];
  expect(room()).toBe(way === 'added' ? 0 : 64);
  arrays.afterRun(run(arrays.beforeRun(70), [0], arrays.lengths, 70, 2 ** 24), 70);
  expect(room()).toBe(128);
  arrays.truncate(0, 10);
  // What is written in place is not copied, so that its room costs nothing.
  expect(room()).toBe(way === 'added' ? 64 : 128);
});
