import { afterEach, expect, test, vi } from 'vitest';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { AppError } from '../../../src/protocol/errors.ts';
import type { TransferProgress } from '../../../src/protocol/importer-messages.ts';
import { mendStored, remakeDamaged } from '../../../src/storage/mend-stored.ts';
import { writeOrigin } from '../../../src/storage/stored-origin.ts';
import { type HubServer, startHubServer } from '../../support/hub-server.ts';
import { smallPackage } from '../../support/small-package.ts';
import { differences, type Files, memoryCheckpoint, memorySink, readFolder } from '../package/memory-files.ts';

const name = 'model-00001-of-00002.safetensors';
const damage = new AppError('PACKAGE_FILE_INVALID', `${name} is damaged.`, { file: name });
const whole = smallPackage([30_000, 40_000]);
let server: HubServer | null = null;

afterEach(async () => {
  vi.unstubAllGlobals();
  await server?.close();
  server = null;
});

/** A stored package with one damaged file. */
function damaged(): Files {
  return new Map(whole).set(name, new Uint8Array(30_000));
}

/** Every share that was told, what was left then, and the thing at work. */
function listener() {
  const told: { readonly share: number; readonly left: number; readonly item: string | null }[] = [];
  const onProgress = ({ done, total, item }: TransferProgress) =>
    told.push({ share: done / total, left: total - done, item });
  return { told, onProgress, shares: () => told.map(({ share }) => share) };
}

const rising = (shares: readonly number[]) => shares.toSorted((a, b) => a - b);

test('a damaged file of a package is fetched again, told as bytes that are right', async () => {
  server = await startHubServer({ files: whole });
  const files = damaged();
  await writeOrigin(memorySink(files), { kind: 'package', url: server.site });
  const { told, onProgress, shares } = listener();
  await mendStored(memorySink(files), damage, { onProgress });
  files.delete('origin.json');
  expect(differences(files, whole)).toEqual([]);
  expect(shares().at(-1)).toBe(1);
  expect(shares()).toEqual(rising(shares()));
  expect(told.findLast(({ item }) => item === null)?.left, 'what is still to be fetched').toBe(30_000);
});

test('a file that is made anew is told as what is still to be read of the checkpoint, and full only with the last of it', async () => {
  const source = await readFolder('test/fixtures/reference/random-f32');
  const files: Files = new Map();
  const about = { name: 'made', description: '', licence: 'MIT', source: { repository: 'a/b', revision: null } };
  await importCheckpoint(memoryCheckpoint(source), memorySink(files), { scheme: 'q4', ...about });
  const shard = 'model-00001-of-00001.safetensors';
  files.set(shard, new Uint8Array(files.get(shard)?.length ?? 0));
  const { told, onProgress, shares } = listener();
  await remakeDamaged(memorySink(files), memoryCheckpoint(source), { onProgress });
  expect(shares().filter((share) => share === 1)).toHaveLength(1);
  expect(shares().at(-1)).toBe(1);
  const weights = told.filter(({ item }) => item !== null);
  expect(weights.length).toBeGreaterThan(10);
  expect(weights[0]?.left, 'more than the package has').toBeGreaterThan(files.get(shard)?.length ?? 0);
});

test('where the site has another version by now, it is to be got anew', async () => {
  server = await startHubServer({ files: smallPackage([30_000, 40_000], 2) });
  const files = damaged();
  await writeOrigin(memorySink(files), { kind: 'package', url: server.site });
  const mending = mendStored(memorySink(files), damage);
  await expect(mending).rejects.toMatchObject({
    code: 'PACKAGE_FILE_INVALID',
    message: expect.stringMatching(/now has another version of this model\. Get it again/),
  });
});

test('where nothing is handed out, only the damaged file is asked for', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: URL | string | Request) => {
    asked.push(new URL(url instanceof Request ? url.url : url).pathname);
    return new Response(null, { status: 403 });
  });
  const files = damaged();
  await writeOrigin(memorySink(files), { kind: 'package', url: 'https://example.org/model/' });
  await expect(mendStored(memorySink(files), damage)).rejects.toMatchObject({ code: 'PACKAGE_FETCH_FAILED' });
  expect(new Set(asked)).toEqual(new Set([`/model/${name}`]));
});

test('where the hub wants a token, which is kept nowhere, it is to be got anew with it', async () => {
  server = await startHubServer({ files: whole, token: 'secret' });
  const files = damaged();
  const source = { kind: 'hub', name: 'hf:test/kosmos-2@main', endpoint: server.endpoint } as const;
  await writeOrigin(memorySink(files), { kind: 'checkpoint', source, identity: 'this' });
  await expect(mendStored(memorySink(files), damage)).rejects.toMatchObject({
    code: 'CHECKPOINT_DENIED',
    message: expect.stringMatching(/is damaged, and .* Get it again under Models with the token/),
  });
});
