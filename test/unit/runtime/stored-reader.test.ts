import { describe, expect, it } from 'vitest';
import type { Shard } from '../../../src/package/model-package.ts';
import { keptReader, storedReader } from '../../../src/runtime/stored-reader.ts';
import type { StoredTensor, Weight } from '../../../src/tensors/weight-index.ts';

const BYTES = Uint8Array.from({ length: 400 }, (_, i) => i * 3);

/** A file on a disk, and where it was read. */
function onDisk() {
  const reads: number[] = [];
  const readInto = (target: Uint8Array, start: number) => {
    reads.push(start);
    target.set(BYTES.subarray(start, start + target.length));
  };
  const subarray = () => expect.fail('a part was given memory of its own');
  const shard: Shard = { byteLength: BYTES.length, subarray, readInto };
  return { reads, shards: new Map([['f', shard]]) };
}

function tensor(offset: number, byteLength = 100): StoredTensor {
  return { name: `at ${offset}`, dtype: 'U8', shape: [byteLength], file: 'f', offset, byteLength };
}

const [a, b, c] = [tensor(0), tensor(100, 50), tensor(200)] as const;
const bytesOf = ({ offset, byteLength }: StoredTensor) => BYTES.slice(offset, offset + byteLength);

describe('tensors that are read from a disk', () => {
  it('are theirs, and read once, while one other is', () => {
    const { reads, shards } = onDisk();
    const read = storedReader(shards);
    const [codes, scales] = [read(a), read(b)];
    expect([codes, scales]).toEqual([bytesOf(a), bytesOf(b)]);
    expect([read(b), read(a)]).toEqual([codes, scales].reverse());
    expect(reads).toEqual([0, 100]);
  });

  it('a third takes the place of the one that was asked for longest ago, and its memory', () => {
    const { reads, shards } = onDisk();
    const read = storedReader(shards);
    const first = read(a);
    const second = read(b);
    read(a);
    const third = read(c);
    expect(first).toEqual(bytesOf(a));
    expect(third).toEqual(bytesOf(c));
    expect(third.buffer).not.toBe(first.buffer);
    expect(read(b)).toEqual(bytesOf(b));
    // The memory of `a`, which was asked for before `c`.
    expect(first.subarray(0, 50)).toEqual(bytesOf(b));
    expect(reads).toEqual([0, 100, 200, 100]);
    expect(second).toHaveLength(50);
  });

  it('one that cannot be read is not taken for read', () => {
    const { shards } = onDisk();
    const working = shards.get('f') as Shard;
    let works = false;
    const failing: Shard = {
      ...working,
      readInto(target, start) {
        if (!works) throw new Error('the disk is gone');
        working.readInto?.(target, start);
      },
    };
    const read = storedReader(new Map([['f', failing]]));
    expect(() => read(a)).toThrow('the disk is gone');
    works = true;
    expect(read(a)).toEqual(bytesOf(a));
  });

  it('are kept whatever is read later, where a weight is to be', () => {
    const { shards } = onDisk();
    const read = storedReader(shards);
    const block = { rowStart: 0, rows: 1, data: a, scales: b };
    const weight: Weight = { name: 'w', shape: [1, 100], encoding: 'q8', blocks: [block] };
    const kept = keptReader(weight, read);
    for (const other of [c, tensor(300), c]) read(other);
    expect([kept(a), kept(b)]).toEqual([bytesOf(a), bytesOf(b)]);
  });
});

it('a tensor that its file does not hold is told by its name', () => {
  const read = storedReader(new Map([['f', BYTES]]));
  expect(() => read(tensor(350))).toThrow(/file f does not hold at 350/);
});
