import { beforeAll, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/tensors/byte-source.ts';
import { TensorError } from '../../../src/tensors/errors.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { layoutSafetensors } from '../../../src/tensors/safetensors-layout.ts';
import { bytesSource } from '../../support/bytes-source.ts';

let seed = 20;
function random(below: number): number {
  seed = (seed * 1103515245 + 12345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * below);
}

const SPECS = Array.from({ length: 12 }, (_, i) => ({
  name: `layers.${i}.weight`,
  dtype: (['F32', 'F16', 'BF16', 'U8', 'I64'] as const)[i % 5] as 'F32',
  shape: [1 + (i % 4), 16],
}));

let sound: Uint8Array;
beforeAll(() => {
  const layout = layoutSafetensors('x.safetensors', SPECS, { format: 'pt' });
  sound = new Uint8Array(layout.byteLength);
  sound.set(layout.header);
});

const NUMBERS = [-1, 0, 1, 2, 0.5, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 60, -(2 ** 53), 1e9];
const ODD = [
  null,
  true,
  '',
  'F31',
  '__proto__',
  'constructor',
  [],
  {},
  [[]],
  [1e15, 1e15],
  { dtype: 'F32' },
  'x'.repeat(500),
];

/** Puts something odd in a random place of a JSON value. */
function mutate(value: unknown): unknown {
  if (typeof value === 'number') return NUMBERS[random(NUMBERS.length)];
  if (typeof value !== 'object' || value === null || random(10) === 0) return ODD[random(ODD.length)];
  const copy = Object.assign(Array.isArray(value) ? [] : {}, value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[random(keys.length)] ?? 'new';
  const kind = random(5);
  if (kind === 0) delete copy[key];
  else if (kind === 1) copy[`${key}${random(3)}`] = copy[key];
  else if (kind === 2) copy[key] = copy[keys[random(keys.length)] ?? 'new'];
  else copy[key] = mutate(copy[key]);
  return copy;
}

function withHeader(text: string): Uint8Array {
  const json = new TextEncoder().encode(text);
  const [, dataStart] = headerOf(sound);
  const file = new Uint8Array(8 + json.length + sound.length - dataStart);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(sound.subarray(dataStart), 8 + json.length);
  return file;
}

function headerOf(file: Uint8Array): [json: string, dataStart: number] {
  const dataStart = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  return [new TextDecoder().decode(file.subarray(8, dataStart)), dataStart];
}

/** Reads a file and looks over the reader's shoulder. */
async function read(file: Uint8Array): Promise<'sound' | TensorError> {
  const inner = bytesSource('x.safetensors', file);
  let asked = 0;
  const source: ByteSource = {
    ...inner,
    read(offset, length, signal) {
      asked += length;
      return inner.read(offset, length, signal);
    },
  };
  try {
    const tensors = await readSafetensors(source);
    for (const { offset, byteLength } of tensors.values()) {
      expect(Number.isSafeInteger(offset) && offset >= 8 && offset + byteLength <= file.length).toBe(true);
    }
    return 'sound';
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(TensorError);
    expect((thrown as TensorError).message).toMatch(/^x\.safetensors .{10,600}\.$/s);
    return thrown as TensorError;
  } finally {
    // Never more than there is, whatever the file claims.
    expect(asked).toBeLessThanOrEqual(file.length);
  }
}

test.each([
  [
    'changed values of the header',
    700,
    () => withHeader(JSON.stringify(mutate(mutate(JSON.parse(headerOf(sound)[0]))))),
  ],
  [
    'changed bytes of the file',
    500,
    () => {
      const file = sound.slice();
      for (let i = random(4); i >= 0; i--) file[random(headerOf(sound)[1])] = random(256);
      return file;
    },
  ],
  [
    'cut or grown files',
    200,
    () =>
      random(2) === 0
        ? sound.slice(0, random(sound.length))
        : withHeader(`${headerOf(sound)[0]}${'x'.repeat(random(9))}`),
  ],
  [
    'claimed lengths of the header',
    100,
    () => {
      const file = sound.slice();
      const length = BigInt(random(2 ** 31)) << BigInt(random(34));
      new DataView(file.buffer).setBigUint64(0, length, true);
      return file;
    },
  ],
] as const)(
  '%s, %i of them, end in a coded sentence or are sound, and nothing is read that is not there',
  async (_, count, make) => {
    let refused = 0;
    const started = process.cpuUsage();
    for (let i = 0; i < count; i++) if ((await read(make())) !== 'sound') refused++;
    const { user, system } = process.cpuUsage(started);
    expect(refused).toBeGreaterThan(count / 4);
    expect((user + system) / 1000 / count).toBeLessThan(20);
  },
);

test('a header of the largest size, full of tensors or full of brackets, is refused within a second', async () => {
  const most = 8 * 1024 * 1024;
  const entry = (i: number) => `"${i}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`;
  const many = `{${Array.from({ length: 130_000 }, (_, i) => entry(i)).join()}}`;
  for (const text of [many, '['.repeat(most), `{"a":${'['.repeat(most - 5)}`, '"'.repeat(most)]) {
    expect(text.length).toBeLessThanOrEqual(most);
    const started = process.cpuUsage();
    const error = await read(withHeader(text));
    expect(error).toMatchObject({ code: 'TENSOR_FILE_INVALID' });
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(2);
  }
});
