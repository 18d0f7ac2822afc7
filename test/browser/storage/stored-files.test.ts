import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { FileRecord } from '../../../src/package/manifest.ts';
import type { PackageFiles } from '../../../src/package/model-package.ts';
import { sha256 } from '../../../src/package/sha256.ts';

const SHARD = 'model-00001-of-00001.safetensors';
const FOLDER = 'stored-files-test';
const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => i);

// By its address: its types are those of a worker, which this page's do not know.
const module: string = '/src/storage/stored-files.ts';
const { storedFiles } = (await import(/* @vite-ignore */ module)) as {
  storedFiles(folder: FileSystemDirectoryHandle): Promise<PackageFiles & { remember(): Promise<void> }>;
};

let folder: FileSystemDirectoryHandle;
let record: FileRecord;
beforeEach(async () => {
  folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  await write(BYTES);
  record = { bytes: BYTES.length, sha256: await sha256(BYTES) };
});
afterEach(async () => {
  vi.restoreAllMocks();
  await (await navigator.storage.getDirectory()).removeEntry(FOLDER, { recursive: true });
});

async function write(bytes: Uint8Array, name = SHARD): Promise<void> {
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(bytes as Uint8Array<ArrayBuffer>);
  await stream.close();
}

/** Opens the file as a new visit does. @returns how many hashes were reckoned */
async function open(): Promise<number> {
  const digest = vi.spyOn(crypto.subtle, 'digest');
  const files = await storedFiles(folder);
  const shard = await files.open?.(SHARD, record, false, {});
  expect(shard?.byteLength).toBe(BYTES.length);
  expect(shard?.subarray(300, 310)).toEqual(BYTES.subarray(300, 310));
  await files.remember();
  const hashed = digest.mock.calls.length;
  digest.mockRestore();
  return hashed;
}

it('a file is hashed when it is opened first, and not again while it stays as it is', async () => {
  expect(await open()).toBe(1);
  expect(await open()).toBe(0);
});

it('a file that was written to since is hashed again, and refused when it is not what it was', async () => {
  await open();
  // The clock of files ticks in milliseconds.
  await new Promise((resolve) => setTimeout(resolve, 5));
  await write(BYTES);
  expect(await open()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await write(BYTES.with(500, 0));
  await expect(open()).rejects.toMatchObject({ code: 'PACKAGE_FILE_INVALID', details: { file: SHARD } });
});

it('a file that another manifest describes is hashed for it', async () => {
  await open();
  record = { ...record, sha256: '0'.repeat(64) };
  await expect(open()).rejects.toMatchObject({ code: 'PACKAGE_FILE_INVALID' });
});

it('what is no sound note of earlier checks is as none', async () => {
  for (const text of ['', '[]', '{"a":', `{"${SHARD}":{"sha256":1,"modified":"x"}}`, `{"${SHARD}":null}`]) {
    await write(new TextEncoder().encode(text), 'checked.json');
    expect(await open()).toBe(1);
  }
});

/** A window that has the file open: its worker. */
function reader() {
  const worker = new Worker(new URL('./read-stored.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  return (...asked: readonly unknown[]) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ('failure' in data ? reject(new Error(data.failure)) : resolve(data.result));
      worker.onerror = reject;
      worker.postMessage(asked);
    });
}

it('two windows read a file that stays on the disk, and until both let go of it nobody deletes it', async () => {
  const [one, other] = [reader(), reader()];
  for (const ask of [one, other]) {
    expect(await ask('open', FOLDER, SHARD, record)).toBe(BYTES.length);
    expect(await ask('read', 300, 310)).toEqual(BYTES.subarray(300, 310));
  }
  await one('rest');
  await expect(folder.removeEntry(SHARD)).rejects.toThrow();
  await other('rest');
  expect(await one('read', 0, 1000)).toEqual(BYTES);
  await folder.removeEntry(SHARD);
  await expect(other('read', 0, 10)).rejects.toThrow('STORAGE_FAILED');
});

it('a file that is being written to is read all the same, as it was', async () => {
  const writing = await (await folder.getFileHandle(SHARD)).createWritable();
  const ask = reader();
  await ask('open', FOLDER, SHARD, record);
  expect(await ask('read', 990, 1000)).toEqual(BYTES.subarray(990, 1000));
  await writing.abort();
});
