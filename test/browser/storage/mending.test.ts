import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/index.ts';
import type { OpenProgress } from '../../../src/protocol/messages.ts';
import {
  beginWithNothing,
  checkpoint,
  checkpointFiles,
  damage,
  demo,
  demoFiles,
  heldImporter,
  hideChange,
  newImporter,
  openOnce,
  SHARD,
  writtenAt,
} from './stored-models.ts';

beginWithNothing();

describe('a damaged stored model', () => {
  it('mends a damaged file at open by fetching that file again, and tells so', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await damage('demo', SHARD);
    expect(await importer.verify('demo')).toEqual([SHARD]);
    const engine = createEngine();
    const told: OpenProgress[] = [];
    await engine.open('stored:demo', { backend: 'wasm', onProgress: (progress) => told.push(progress) });
    engine.dispose();
    const mending = told.flatMap((progress) => (progress.phase === 'mending' ? progress.done / progress.total : []));
    expect(mending.at(-1)).toBe(1);
    expect(await importer.verify('demo')).toEqual([]);
  });

  it('says so when the browser has cleared a model, or when a model without an origin is damaged', async () => {
    const engine = createEngine();
    await expect(engine.open('stored:gone')).rejects.toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
      message: expect.stringContaining('cleared'),
    });
    const importer = newImporter();
    await importer.copyPackage({ kind: 'files', files: await demoFiles() }, 'mine');
    await damage('mine', SHARD);
    await expect(engine.open('stored:mine', { backend: 'wasm' })).rejects.toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      details: { file: SHARD },
    });
    engine.dispose();
  });

  it('mends at open what a check has found damaged, whatever the time of the file says', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await openOnce('demo');
    await damage('demo', SHARD);
    await hideChange('demo', SHARD);
    expect(await importer.verify('demo')).toEqual([SHARD]);
    await openOnce('demo');
    expect(await importer.verify('demo')).toEqual([]);
  });

  it.each([
    ['length', 3],
    ['text', 9],
  ])('mends at open a header whose %s the disk has lost, whatever the time of the file says', async (_, at) => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await openOnce('demo');
    await damage('demo', SHARD, at);
    await hideChange('demo', SHARD);
    await openOnce('demo');
    expect(await importer.verify('demo')).toEqual([]);
  });

  it('mends a damaged model that was imported from a site, and one that was imported from files once they are chosen again', async () => {
    const importer = newImporter();
    const settings = { name: 'made', scheme: 'q8', description: 'Made here.', licence: 'MIT' } as const;
    await importer.importCheckpoint({ kind: 'site', url: checkpoint }, settings);
    await damage('made', SHARD);
    const engine = createEngine();
    await engine.open('stored:made', { backend: 'wasm' });
    expect(await importer.verify('made')).toEqual([]);

    const files = await checkpointFiles();
    const before = await importer.importCheckpoint({ kind: 'files', files }, settings);
    await damage('made', SHARD);
    await expect(engine.open('stored:made', { backend: 'wasm' })).rejects.toMatchObject({
      message: expect.stringContaining('Choose the same files again'),
    });
    engine.dispose();
    const made = new Set<string>();
    const onProgress = ({ item }: { readonly item: string | null }) => {
      if (item !== null) made.add(item);
    };
    const written = await writtenAt('made', 'tokenizer.json');
    const after = await importer.importCheckpoint({ kind: 'files', files }, settings, { onProgress });
    expect(await importer.verify('made')).toEqual([]);
    expect(after.manifest).toEqual(before.manifest);
    expect(await writtenAt('made', 'tokenizer.json'), 'the damaged file alone was made').toBe(written);
    expect(made.size, 'weights that were told').toBeGreaterThan(10);
  });

  it('of a whole model that is got anew, the damaged file alone is fetched, and a stop leaves the model whole', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await openOnce('demo');
    await damage('demo', SHARD);
    const fetched = new Set<string>();
    const onProgress = ({ item }: { readonly item: string | null }) => {
      if (item !== null) fetched.add(item);
    };
    await importer.copyPackage(demo, 'demo', { onProgress });
    expect([...fetched]).toEqual([SHARD]);
    expect(await importer.verify('demo')).toEqual([]);

    await damage('demo', SHARD);
    const stop = new AbortController();
    const stopped = heldImporter().copyPackage(demo, 'demo', { signal: stop.signal, onProgress: () => stop.abort() });
    await stopped.catch(() => undefined);
    expect((await importer.list())[0]?.manifest).not.toBeNull();
  });

  it('mends a damaged manifest', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await damage('demo', 'manifest.json');
    const engine = createEngine();
    await engine.open('stored:demo', { backend: 'wasm' });
    engine.dispose();
    expect(await importer.verify('demo')).toEqual([]);
  });
});
