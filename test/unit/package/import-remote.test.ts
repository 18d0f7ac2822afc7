import { beforeAll, describe, expect, test } from 'vitest';
import { type ImportOptions, importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { hubCheckpoint } from '../../../src/storage/hub-checkpoint.ts';
import { remoteCheckpoint } from '../../../src/storage/remote-checkpoint.ts';
import { saveAgain } from '../../support/checkpoint-variants.ts';
import { type Fault, isJson, startHubServer } from '../../support/hub-server.ts';
import { differences, type Files, memoryCheckpoint, memorySink, readFolder } from './memory-files.ts';

const OPTIONS: ImportOptions = {
  scheme: 'q4',
  name: 'Test',
  description: '',
  licence: 'MIT',
  source: { repository: 'test/kosmos-2', revision: null },
  maxShardBytes: 100_000,
};
const FAULTS: readonly (Fault | null)[] = [
  'cut',
  null,
  'short',
  'broken',
  null,
  'long',
  null,
  'busy',
  null,
  'slow',
  null,
];
const HUB = { repository: 'test/kosmos-2', revision: 'main' };

async function imported(source: Files): Promise<Files> {
  const files: Files = new Map();
  await importCheckpoint(memoryCheckpoint(source), memorySink(files), OPTIONS);
  return files;
}

describe.each(['F32', 'F16', 'BF16'] as const)('a checkpoint of %s', (dtype) => {
  test.each([1, 4])(
    'in %i files comes over a failing network to the bytes of an undisturbed import',
    async (shards) => {
      const source = await saveAgain(await readFolder('test/fixtures/reference/random-f32'), dtype, shards);
      const server = await startHubServer({ files: source, fault: (n) => FAULTS[n % FAULTS.length] ?? null });
      try {
        const files: Files = new Map();
        const hub = await hubCheckpoint(HUB, { endpoint: server.endpoint, firstPause: 1 });
        await importCheckpoint(hub, memorySink(files), OPTIONS);
        expect(differences(files, await imported(source))).toEqual([]);
        expect(server.mostAtOnce).toBeGreaterThan(2);
        expect(server.mostAtOnce).toBeLessThanOrEqual(8);
      } finally {
        await server.close();
      }
    },
  );
});

test.each([
  ['random-f32', 'a plain site', {}],
  ['random-f16-sharded', 'a plain site', {}],
  ['random-bf16', 'a plain site', {}],
  ['random-bf16', 'one that sends its JSON files whole', { comesWhole: isJson }],
])('%s as published comes from %s', async (name, _, options) => {
  const source = await readFolder(`test/fixtures/reference/${name}`);
  const server = await startHubServer({ files: source, ...options });
  try {
    const files: Files = new Map();
    await importCheckpoint(remoteCheckpoint(server.site, 1), memorySink(files), OPTIONS);
    expect(differences(files, await imported(source))).toEqual([]);
  } finally {
    await server.close();
  }
});

describe('a checkpoint that changes in mid-import', () => {
  let source: Files;
  beforeAll(async () => {
    source = await readFolder('test/fixtures/reference/random-f32');
  });

  test('ends in one sentence without a manifest; started again, nothing of its old state is kept', async () => {
    const other = new Map(source);
    const changedWeights = Uint8Array.from(source.get('model.safetensors') as Uint8Array);
    // The last byte of a float32 holds its sign.
    changedWeights[changedWeights.length - 1] = (changedWeights.at(-1) as number) ^ 0x80;
    other.set('model.safetensors', changedWeights);
    const server = await startHubServer({ files: source });
    try {
      const files: Files = new Map();
      const run = async (onProgress = () => {}) =>
        importCheckpoint(await hubCheckpoint(HUB, { endpoint: server.endpoint, firstPause: 1 }), memorySink(files), {
          ...OPTIONS,
          onProgress,
        });
      let calls = 0;
      const changeSoon = () => {
        if (++calls === 30) server.change('model.safetensors', changedWeights);
      };
      await expect(run(changeSoon)).rejects.toMatchObject({
        code: 'CHECKPOINT_CHANGED',
        message: expect.stringMatching(/^model\.safetensors at .* changed while being read: .*\.$/),
      });
      expect(files.has('manifest.json')).toBe(false);
      await run();
      expect(differences(files, await imported(other))).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
