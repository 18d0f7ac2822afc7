import { afterEach, expect, it, vi } from 'vitest';

// By its address: its types are those of a worker, which these tests do not know.
const module: string = '../../../src/storage/file-shard.ts';
const { fileShard } = (await import(module)) as {
  fileShard(file: unknown): { readonly byteLength: number; subarray(start: number, end: number): Uint8Array };
};

const BYTES = Uint8Array.from({ length: 100_000 }, (_, i) => i * 7);

/** A file on the disk, and the bytes that a worker's reader has read of it. */
function onDisk(): { readonly file: unknown; readonly read: () => number; change(): void } {
  let read = 0;
  let changed = false;
  class Reader {
    readAsArrayBuffer(part: Uint8Array): ArrayBuffer {
      if (changed) throw new DOMException('it was changed', 'NotReadableError');
      read += part.length;
      return part.slice().buffer as ArrayBuffer;
    }
  }
  vi.stubGlobal('FileReaderSync', Reader);
  const file = {
    name: 'weights',
    size: BYTES.length,
    slice: (start: number, end: number) => BYTES.subarray(start, end),
  };
  return {
    file,
    read: () => read,
    change() {
      changed = true;
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

it('of a stored file exactly what is asked for is read, in whatever order', () => {
  const disk = onDisk();
  const shard = fileShard(disk.file);
  expect(shard.byteLength).toBe(BYTES.length);
  for (const [start, end] of [
    [90_000, 99_000],
    [10, 20],
    [50_000, 50_000],
    [0, 4096],
  ] as const) {
    expect(shard.subarray(start, end)).toEqual(BYTES.slice(start, end));
  }
  expect(disk.read()).toBe(9000 + 10 + 4096);
});

it('a file that was changed meanwhile is told by its name', () => {
  const disk = onDisk();
  const shard = fileShard(disk.file);
  disk.change();
  expect(() => shard.subarray(0, 10)).toThrow(/weights could not be read \(it was changed\)/);
});
