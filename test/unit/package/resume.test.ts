import { beforeAll, describe, expect, test } from 'vitest';
import { type ImportOptions, importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { discardImport, hasUnfinishedImport, JOURNAL_FILE } from '../../../src/package/import-journal.ts';
import type { ImportProgress } from '../../../src/package/import-meter.ts';
import type { PackageSink } from '../../../src/package/package-sink.ts';
import { bytes, differences, type Files, memoryCheckpoint, memorySink, readFolder, text } from './memory-files.ts';

const OPTIONS: ImportOptions = {
  scheme: 'q4',
  name: 'Test',
  description: '',
  licence: 'MIT',
  source: { repository: 'test/test', revision: null },
  maxShardBytes: 40_000,
};

let source: Files;
let whole: Files;
beforeAll(async () => {
  source = await readFolder('test/fixtures/reference/random-f32');
  whole = new Map();
  await importCheckpoint(memoryCheckpoint(source), memorySink(whole), OPTIONS);
});

function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** A sink whose process dies at its `end`-th operation: a write then leaves half a file, and nothing works any more. */
function dyingSink(files: Files, end: number): PackageSink {
  const sink = memorySink(files);
  let operations = 0;
  const alive = () => {
    if (operations++ >= end) throw new Error('killed');
  };
  return {
    ...sink,
    async write(name, content) {
      if (operations === end) files.set(name, content.slice(0, content.length >> 1));
      alive();
      await sink.write(name, content);
    },
    async remove(name) {
      alive();
      await sink.remove(name);
    },
  };
}

async function operationsOfAnImport(): Promise<number> {
  let count = 0;
  const sink = memorySink(new Map());
  await importCheckpoint(
    memoryCheckpoint(source),
    { ...sink, write: async () => void count++, remove: async () => void count++ },
    OPTIONS,
  );
  return count;
}

test('an import killed at 20 random points and started again gives the bytes of an undisturbed one', async () => {
  const random = randomNumbers(4);
  const operations = await operationsOfAnImport();
  expect(operations).toBeGreaterThan(30);
  for (let i = 0; i < 20; i++) {
    const files: Files = new Map();
    const end = random(operations);
    await expect(importCheckpoint(memoryCheckpoint(source), dyingSink(files, end), OPTIONS)).rejects.toThrow('killed');
    const hasManifest = files.has('manifest.json') && text(files.get('manifest.json')).endsWith('}\n');
    expect(hasManifest).toBe(end === operations - 1);
    await importCheckpoint(memoryCheckpoint(source), memorySink(files), OPTIONS);
    expect(differences(files, whole)).toEqual([]);
  }
});

test('an import killed again and again comes to its end, each time with less to read', async () => {
  const files: Files = new Map();
  const kept: number[] = [];
  for (let tries = 0; ; tries++) {
    expect(tries).toBeLessThan(20);
    let progress: ImportProgress | undefined;
    const onProgress = (now: ImportProgress) => {
      progress = now;
    };
    const done = await importCheckpoint(memoryCheckpoint(source), dyingSink(files, 20), {
      ...OPTIONS,
      onProgress,
    }).then(
      () => true,
      () => false,
    );
    if (progress) kept.push(progress.kept);
    if (done) break;
  }
  expect(kept.length).toBeGreaterThan(2);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  expect(differences(files, whole)).toEqual([]);
});

describe('what an earlier try has left', () => {
  /** The files of an import that ended after `shards` shards. */
  async function halfway(options: Partial<ImportOptions> = {}): Promise<Files> {
    const files: Files = new Map();
    await importCheckpoint(memoryCheckpoint(source), dyingSink(files, 24), { ...OPTIONS, ...options }).catch(() => {});
    expect(await hasUnfinishedImport(memorySink(files))).toBe(true);
    return files;
  }

  const shardsOf = (files: Files) => [...files.keys()].filter((name) => name.endsWith('.safetensors'));

  async function bytesRead(files: Files, options: Partial<ImportOptions> = {}, from = source): Promise<number> {
    let last: ImportProgress | undefined;
    await importCheckpoint(memoryCheckpoint(from), memorySink(files), {
      ...OPTIONS,
      ...options,
      onProgress: (progress) => {
        last = progress;
      },
    });
    if (!last) throw new Error('no progress');
    expect(last.done).toBe(last.total);
    return last.total - last.kept;
  }

  test('is kept by the same import', async () => {
    const everything = await bytesRead(new Map());
    expect(await bytesRead(await halfway())).toBeLessThan(everything * 0.8);
  });

  test('is kept with its errors: the report of an import that was killed is that of an undisturbed one', async () => {
    const undisturbed = await importCheckpoint(memoryCheckpoint(source), memorySink(new Map()), {
      ...OPTIONS,
      report: true,
    });
    const files = await halfway({ report: true });
    let kept = 0;
    const { errors } = await importCheckpoint(memoryCheckpoint(source), memorySink(files), {
      ...OPTIONS,
      report: true,
      onProgress: (progress) => {
        kept = progress.kept;
      },
    });
    expect(kept).toBeGreaterThan(0);
    expect(errors).toEqual(undisturbed.errors);
    expect(differences(files, whole)).toEqual([]);
  });

  test.each(['x', [{ name: 'a' }], [{ name: 'a', encoding: 'q4', squares: -1, differences: 0, maxAbs: 0 }]])(
    'is made anew for a report where its errors are %j',
    async (errors) => {
      const files = await halfway({ report: true });
      const journal = JSON.parse(text(files.get(JOURNAL_FILE)));
      for (const record of Object.values<Record<string, unknown>>(journal.finished)) record.errors = errors;
      files.set(JOURNAL_FILE, bytes(journal));
      expect(await bytesRead(files, { report: true })).toBe(await bytesRead(new Map()));
      expect(differences(files, whole)).toEqual([]);
    },
  );

  test('is made anew where its bytes are no longer right', async () => {
    const files = await halfway();
    const [first, second, third] = shardsOf(files) as [string, string, string];
    const damaged = Uint8Array.from(files.get(first) as Uint8Array);
    damaged[1000] = (damaged[1000] as number) ^ 1;
    files.set(first, damaged);
    files.set(second, (files.get(second) as Uint8Array).subarray(0, -1));
    files.delete(third);
    await bytesRead(files);
    expect(differences(files, whole)).toEqual([]);
  });

  test.each([
    ['another scheme', { scheme: 'q8' }],
    ['another size of shards', { maxShardBytes: 300_000 }],
    ['a report of every weight, where the try before reckoned none', { report: true }],
  ] as [string, Partial<ImportOptions>][])('is not kept for %s, and nothing of it stays', async (_, options) => {
    const files = await halfway();
    const everything = await bytesRead(new Map(), options);
    expect(await bytesRead(files, options)).toBe(everything);
    const clean: Files = new Map();
    await bytesRead(clean, options);
    expect(differences(files, clean)).toEqual([]);
  });

  test('is not kept when the checkpoint is another one', async () => {
    const other = new Map(source);
    const config = JSON.parse(text(source.get('config.json')));
    other.set('config.json', bytes({ ...config, comment: 'newer' }));
    const files = await halfway();
    expect(await bytesRead(files, {}, other)).toBe(await bytesRead(new Map()));
  });

  test('can be given up, and other files stay', async () => {
    const files = (await halfway()).set('thesis.txt', bytes('ten years of work'));
    await discardImport(memorySink(files));
    expect([...files.keys()]).toEqual(['thesis.txt']);
    expect(await hasUnfinishedImport(memorySink(files))).toBe(false);
  });

  test.each(['{', '[]', '{"format":1}', '{"format":2,"identity":"x","finished":{},"unfinished":[]}'])(
    'is not kept under the journal %s',
    async (journal) => {
      const files = (await halfway()).set(JOURNAL_FILE, bytes(journal));
      await bytesRead(files);
      expect(differences(files, whole)).toEqual([]);
    },
  );

  test('never leads a journal from elsewhere to other files', async () => {
    const names = ['thesis.txt', '../thesis.txt', 'model.safetensors', '/etc/passwd'];
    const record = { bytes: 1, sha256: '0'.repeat(64) };
    const finished = Object.fromEntries(names.map((name) => [name, record]));
    const journal = { format: 1, source: '', scheme: 'q4', identity: 'x', finished, unfinished: names };
    const files: Files = new Map([
      [JOURNAL_FILE, bytes(journal)],
      ...names.map((name) => [name, bytes('mine')] as const),
    ]);
    await discardImport(memorySink(files));
    expect([...files.keys()]).toEqual(names);
  });
});
