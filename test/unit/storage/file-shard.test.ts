import { afterEach, expect, it, vi } from 'vitest';
import type { Shard } from '../../../src/package/model-package.ts';

// By its address: its types are those of a worker, which these tests do not know.
const module: string = '../../../src/storage/file-shard.ts';
const { fileShard } = (await import(module)) as { fileShard(handle: unknown, file: unknown): Promise<Required<Shard>> };

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

/** What gives access to the same file, of a browser that grants `mode` whatever is asked for. */
function granting(mode: string | undefined) {
  const access = {
    mode,
    getSize: () => BYTES.length,
    read: vi.fn((into: Uint8Array, { at }: { readonly at: number }) => {
      const part = BYTES.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    }),
    close: vi.fn(),
  };
  return { access, handle: { createSyncAccessHandle: async (_asked: object) => access } };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('what is asked for is read by an access that other readers may have too, until it may rest, and then as a file', async () => {
  const disk = onDisk();
  const { access, handle } = granting('read-only');
  const asked = vi.spyOn(handle, 'createSyncAccessHandle');
  const shard = await fileShard(handle, disk.file);
  expect(asked).toHaveBeenCalledWith({ mode: 'read-only' });
  expect(shard.subarray(90_000, 99_000)).toEqual(BYTES.slice(90_000, 99_000));
  expect(access.read).toHaveBeenCalledTimes(1);
  expect(disk.read()).toBe(0);
  shard.rest();
  expect(access.close).toHaveBeenCalledTimes(1);
  expect(shard.subarray(10, 20)).toEqual(BYTES.slice(10, 20));
  expect(disk.read()).toBe(10);
});

it('what nobody reads, and nobody says may rest, rests by itself', async () => {
  vi.useFakeTimers();
  const { access, handle } = granting('read-only');
  const shard = await fileShard(handle, onDisk().file);
  vi.advanceTimersByTime(9000);
  shard.subarray(0, 10);
  vi.advanceTimersByTime(9000);
  expect(access.close).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2000);
  expect(access.close).toHaveBeenCalledTimes(1);
  expect(shard.subarray(0, 10)).toEqual(BYTES.slice(0, 10));
});

it('while there is an access a part can be read into memory that is there; a file that is read makes its own', async () => {
  const disk = onDisk();
  const shard = await fileShard(granting('read-only').handle, disk.file);
  const target = new Uint8Array(9000);
  shard.readInto?.(target, 90_000);
  expect(target).toEqual(BYTES.slice(90_000, 99_000));
  expect(disk.read()).toBe(0);
  shard.rest();
  expect(shard.readInto).toBeUndefined();
  expect((await fileShard({}, disk.file)).readInto).toBeUndefined();
});

it('an access that would keep other readers away is given back at once', async () => {
  const disk = onDisk();
  for (const mode of ['readwrite', undefined]) {
    const { access, handle } = granting(mode);
    const shard = await fileShard(handle, disk.file);
    expect(access.close).toHaveBeenCalledTimes(1);
    expect(shard.subarray(0, 10)).toEqual(BYTES.slice(0, 10));
  }
  expect(disk.read()).toBe(20);
});

it('a file that has become shorter is told by its name', async () => {
  const { access, handle } = granting('read-only');
  access.read.mockReturnValue(5);
  const shard = await fileShard(handle, onDisk().file);
  expect(() => shard.subarray(0, 10)).toThrow(/weights could not be read \(5 of 10 bytes at 0\)/);
});

/** A folder that a person has chosen gives no such access, nor a file that somebody is writing to. */
const refusing = {
  createSyncAccessHandle: () => Promise.reject(new DOMException('locked', 'NoModificationAllowedError')),
};

it.each([
  ['no', {}],
  ['lost', null],
  ['locked', refusing],
])('with %s access exactly what is asked for is read of the file, in whatever order', async (_how, handle) => {
  const disk = onDisk();
  const shard = await fileShard(handle, disk.file);
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

it('a file that was changed meanwhile is told by its name', async () => {
  const disk = onDisk();
  const shard = await fileShard({}, disk.file);
  disk.change();
  expect(() => shard.subarray(0, 10)).toThrow(/weights could not be read \(it was changed\)/);
});
