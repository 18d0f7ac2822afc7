import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isStorageFull } from '../../../src/protocol/storage-full.ts';

// By its address: its types are those of a worker, which these tests' do not know.
const module: string = '../../../src/storage/make-room.ts';
const { makeRoom, missingRoom } = (await import(module)) as {
  makeRoom(bytes: number): Promise<void>;
  missingRoom(wanted: number): Promise<number>;
};

const GB = 1e9;

/** What Firefox throws: neither a DOMException nor an Error. */
const firefox = (name: string) => ({ name, message: '', result: 0x80520010 });

let truncate: (bytes: number) => void;
let names: Set<string>;

beforeEach(() => {
  names = new Set();
  const folder = {
    async *entries() {
      for (const name of [...names]) yield [name, { kind: 'file' }];
    },
    async removeEntry(name: string) {
      names.delete(name);
    },
    async getFileHandle(name: string) {
      names.add(name);
      return { createSyncAccessHandle: async () => ({ truncate: (bytes: number) => truncate(bytes), close() {} }) };
    },
    getDirectoryHandle: async () => folder,
  };
  const locks = { request: (_name: string, _options: object, work: () => unknown) => work() };
  vi.stubGlobal('navigator', { locks, storage: { getDirectory: async () => folder } });
});

afterEach(() => vi.unstubAllGlobals());

it('a disk that is full is told as full by whatever name the browser says it', async () => {
  for (const name of ['QuotaExceededError', 'NS_ERROR_FILE_NO_DEVICE_SPACE', 'NS_ERROR_FAILURE']) {
    truncate = (bytes) => {
      if (bytes > 3 * GB) throw name === 'QuotaExceededError' ? new DOMException('', name) : firefox(name);
    };
    expect(await missingRoom(2 * GB)).toBe(0);
    const missing = await missingRoom(5 * GB);
    expect(missing).toBeGreaterThanOrEqual(2 * GB);
    expect(missing).toBeLessThan(2.01 * GB);
    await expect(makeRoom(5 * GB)).rejects.toMatchObject({ code: 'STORAGE_FULL', details: { bytes: 5.002 * GB } });
    expect([...names]).toEqual([]);
  }
});

it('a file that cannot be emptied either is no full disk', async () => {
  truncate = () => {
    throw firefox('NS_ERROR_FILE_ACCESS_DENIED');
  };
  await expect(missingRoom(GB)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect([...names]).toEqual([]);
});

it('a write that Firefox has no room for is one for want of room', () => {
  expect(isStorageFull(firefox('NS_ERROR_FILE_NO_DEVICE_SPACE'))).toBe(true);
  expect(isStorageFull(firefox('NS_ERROR_FILE_ACCESS_DENIED'))).toBe(false);
});
