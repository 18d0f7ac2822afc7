import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/tensors/byte-source.ts';
import { BYTES_PER_ELEMENT } from '../../../src/tensors/dtype.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { layoutSafetensors } from '../../../src/tensors/safetensors-layout.ts';
import { bytesSource } from '../../support/bytes-source.ts';

/** A file with this header text and so many bytes of data. */
function file(header: unknown, dataBytes = 0, text = JSON.stringify(header)): ByteSource {
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytesSource('x.safetensors', bytes);
}

const tensor = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe('reading', () => {
  test('the fixtures written by the reference library are read whole', async () => {
    const bytes = new Uint8Array(await readFile('test/fixtures/demo-model/model.safetensors'));
    const tensors = await readSafetensors(bytesSource('model.safetensors', bytes));
    expect(tensors.get('vision_model.model.embeddings.patch_embedding.weight')).toEqual({
      name: 'vision_model.model.embeddings.patch_embedding.weight',
      dtype: 'F16',
      shape: [192, 3, 16, 16],
      file: 'model.safetensors',
      offset: expect.any(Number),
      byteLength: 192 * 3 * 256 * 2,
    });
    const total = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(total).toBe(bytes.length - 8 - Number(new DataView(bytes.buffer).getBigUint64(0, true)));
  });

  test('scalars and empty tensors are fine', async () => {
    const tensors = await readSafetensors(file({ scalar: tensor(0, 4, []), none: tensor(4, 4, [0, 7]) }, 4));
    expect([...tensors.keys()]).toEqual(['scalar', 'none']);
  });

  test.each([
    ['an overlap', { a: tensor(0, 8), b: tensor(4, 12) }, 12],
    ['the same bytes twice', { a: tensor(0, 8), b: tensor(0, 8) }, 8],
    ['a hole at the start', { a: tensor(4, 8) }, 8],
    ['a hole in the middle', { a: tensor(0, 4), b: tensor(8, 12) }, 12],
    ['bytes after the end', { a: tensor(0, 4) }, 8],
    ['a shape that does not fit its bytes', { a: tensor(0, 8, [3]) }, 8],
    ['a shape whose product overflows', { a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8],
    ['a negative dimension', { a: tensor(0, 8, [-1, -2]) }, 8],
    ['a fractional dimension', { a: tensor(0, 8, [0.5, 4]) }, 8],
    ['too many dimensions', { a: tensor(0, 4, [1, 1, 1, 1, 1, 1, 1, 1, 1]) }, 4],
    ['offsets the wrong way round', { a: { dtype: 'F32', shape: [1], data_offsets: [4, 0] } }, 4],
    ['offsets beyond every file', { a: tensor(2 ** 60, 2 ** 60 + 4, [1]) }, 4],
    ['three offsets', { a: { dtype: 'F32', shape: [1], data_offsets: [0, 4, 8] } }, 4],
    ['a type nobody knows', { a: tensor(0, 4, [1], 'F31') }, 4],
    ['a type named like a method', { a: tensor(0, 4, [1], 'toString') }, 4],
    ['an entry that is no object', { a: 7 }, 0],
    ['metadata that is no text', { __metadata__: { a: 1 } }, 0],
    ['a header that is a list', [1, 2], 0],
  ])('%s is TENSOR_FILE_INVALID', async (_, header, dataBytes) => {
    await expect(readSafetensors(file(header, dataBytes))).rejects.toMatchObject({ code: 'TENSOR_FILE_INVALID' });
  });

  test('a header that is not JSON is TENSOR_FILE_INVALID', async () => {
    await expect(readSafetensors(file(null, 0, '{"a":'))).rejects.toMatchObject({ code: 'TENSOR_FILE_INVALID' });
  });

  test('a type nested deeper than can be written is TENSOR_FILE_INVALID', async () => {
    const deep = `{"a":{"dtype":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    await expect(readSafetensors(file(null, 0, deep))).rejects.toMatchObject({ code: 'TENSOR_FILE_INVALID' });
  });

  test('a file that git cloned without its content is told as the pointer it is', async () => {
    const text = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 6658000000\n`;
    const source = bytesSource('model.safetensors', new TextEncoder().encode(text));
    await expect(readSafetensors(source)).rejects.toMatchObject({
      code: 'TENSOR_FILE_INVALID',
      message: expect.stringMatching(
        /^model\.safetensors holds no weights, only \d+ bytes .*"git lfs pull" .* hf:owner\/name\.$/,
      ),
    });
  });

  test('a claimed header of 2^63 bytes is refused without reading it', async () => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
    await expect(readSafetensors(bytesSource('x', bytes))).rejects.toMatchObject({
      code: 'TENSOR_FILE_INVALID',
      message: expect.stringContaining('9223372036854775808'),
    });
  });

  test.each([0, 7, 12])('a file cut to %i bytes is TENSOR_TRUNCATED', async (length) => {
    const whole = file({ a: tensor(0, 4) }, 4);
    const cut = bytesSource('x', await whole.read(0, length));
    await expect(readSafetensors(cut)).rejects.toMatchObject({ code: 'TENSOR_TRUNCATED' });
  });

  test('a file cut inside its data is TENSOR_TRUNCATED', async () => {
    const whole = file({ a: tensor(0, 400) }, 400);
    const cut = bytesSource('x', await whole.read(0, whole.size - 1));
    await expect(readSafetensors(cut)).rejects.toMatchObject({ code: 'TENSOR_TRUNCATED' });
  });

  test('a failed read keeps its own error', async () => {
    const broken = { ...file({}), read: () => Promise.reject(new Error('the disk is gone')) };
    await expect(readSafetensors(broken)).rejects.toThrow('the disk is gone');
  });
});

describe('layout', () => {
  const specs = [
    { name: 'odd', dtype: 'U8', shape: [3] },
    { name: 'halves', dtype: 'F16', shape: [5, 7] },
    { name: 'floats', dtype: 'F32', shape: [3, 3] },
    { name: 'large', dtype: 'U8', shape: [4, 2, 16] },
    { name: 'larger', dtype: 'F16', shape: [64] },
  ] as const;
  const layout = layoutSafetensors('x', specs, { format: 'test' });

  test('its own reader finds every tensor where it says', async () => {
    const bytes = new Uint8Array(layout.byteLength);
    bytes.set(layout.header);
    const tensors = await readSafetensors(bytesSource('x', bytes));
    expect([...tensors.values()]).toEqual(layout.tensors);
    expect([...tensors.keys()].sort()).toEqual(specs.map(({ name }) => name).sort());
  });

  test('the header holds the metadata', () => {
    const { __metadata__ } = JSON.parse(new TextDecoder().decode(layout.header.subarray(8)));
    expect(__metadata__).toEqual({ format: 'test' });
  });

  test('data begins at a multiple of 64 and every tensor at one of its element', () => {
    expect(layout.header.length % 64).toBe(0);
    for (const { offset, dtype } of layout.tensors) expect(offset % BYTES_PER_ELEMENT[dtype]).toBe(0);
  });

  test('sizes that are multiples of 16 begin at multiples of 16', () => {
    const aligned = layout.tensors.filter(({ byteLength }) => byteLength % 16 === 0);
    expect(aligned.map(({ offset }) => offset % 16)).toEqual([0, 0]);
  });
});
