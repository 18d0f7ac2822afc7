// A worker: opens stored files where they lie, and reads of them what it is asked for.
import { storedFiles } from '../../../src/storage/stored-files.ts';

let files: Awaited<ReturnType<typeof storedFiles>>;
let shard: Awaited<ReturnType<NonNullable<typeof files.open>>>;

const does = {
  async open(folder: string, name: string, expected: { readonly bytes: number; readonly sha256: string }) {
    const root = await navigator.storage.getDirectory();
    files = await storedFiles(await root.getDirectoryHandle(folder));
    if (!files.open) throw new Error('Nothing stays on the disk.');
    shard = await files.open(name, expected, false, {});
    return shard.byteLength;
  },
  read: async (start: number, end: number) => shard.subarray(start, end),
  rest: async () => files.rest(),
};

self.onmessage = async ({ data: [what, ...about] }: MessageEvent<[keyof typeof does, ...never[]]>) => {
  const work = does[what] as (...about: never[]) => Promise<unknown>;
  try {
    self.postMessage({ result: await work(...about) });
  } catch (thrown) {
    self.postMessage({ failure: (thrown as { code?: string }).code ?? String(thrown) });
  }
};
