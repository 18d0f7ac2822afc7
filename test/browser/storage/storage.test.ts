import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/index.ts';
import type { OpenProgress } from '../../../src/protocol/messages.ts';
import {
  beginWithNothing,
  checkpointFiles,
  demo,
  fileNames,
  heldImporter,
  models,
  namesIn,
  newImporter,
  put,
} from './stored-models.ts';

/** `npm run test:soak` multiplies the counts. */
const TIMES = Number(import.meta.env.VITE_SOAK_TIMES ?? 1);

beginWithNothing();

describe('models in the browser’s storage', () => {
  it('keeps a ready model, lists it with what its manifest says, and opens it without the site', async () => {
    const importer = newImporter();
    let last = 0;
    const stored = await importer.copyPackage(demo, 'demo', {
      onProgress: ({ done, total }) => {
        expect(done).toBeLessThanOrEqual(total);
        expect(done).toBeGreaterThanOrEqual(last);
        last = done;
      },
    });
    expect(stored).toMatchObject({ name: 'demo', manifest: { licence: expect.any(String) } });
    expect(stored.bytes).toBeGreaterThan(last);
    expect(await importer.list()).toEqual([stored]);
    expect(await importer.verify('demo')).toEqual([]);
    const engine = createEngine();
    expect((await engine.open('stored:demo', { backend: 'wasm' })).name).toBe(stored.manifest?.name);
    engine.dispose();
  });

  it('a model that another window writes is told to be waited for when it is opened', async () => {
    await newImporter().copyPackage(demo, 'demo');
    const engine = createEngine();
    let opening: Promise<unknown> = Promise.resolve();
    await navigator.locks.request(
      'kosmos2-model-demo',
      () =>
        new Promise<void>((waited) => {
          const onProgress = ({ phase }: OpenProgress) => phase === 'waiting' && waited();
          opening = engine.open('stored:demo', { backend: 'wasm', onProgress });
        }),
    );
    await opening;
    engine.dispose();
  });

  it('lets two windows share one download', async () => {
    const waited: string[] = [];
    const fetched: string[] = [];
    const get = (who: string) =>
      newImporter().copyPackage(demo, 'demo', {
        onWaiting: () => waited.push(who),
        onProgress: ({ item }) => {
          if (item !== null && !fetched.includes(who)) fetched.push(who);
        },
      });
    // Neither begins before both wait: the second then has waited for the first, however quick that was.
    const { both } = await navigator.locks.request('kosmos2-model-demo', async () => {
      const both = Promise.all([get('one'), get('two')]);
      await expect.poll(() => waited).toHaveLength(2);
      return { both };
    });
    const [one, two] = await both;
    // The one that waited writes the manifest once more.
    expect(two).toEqual({ ...one, date: expect.any(Number) });
    expect(fetched, 'the window that waited fetched nothing').toHaveLength(1);
  });

  it('a worker that is killed leaves no manifest, and the next one goes on', async () => {
    for (let kill = 0; kill < 5 * TIMES; kill++) {
      const dying = newImporter();
      const ended = dying.copyPackage(demo, 'demo', {
        onProgress: ({ item }) => {
          if (item !== null) setTimeout(() => dying.dispose(), (kill % 25) * 4);
        },
      });
      await ended.then(
        () => undefined,
        (error) => expect(error.code).toBe('CANCELLED'),
      );
      const names = await fileNames('demo');
      if (names.includes('manifest.json')) expect(await newImporter().verify('demo')).toEqual([]);
    }
    await newImporter().copyPackage(demo, 'demo');
    expect(await newImporter().verify('demo')).toEqual([]);
    expect(await fileNames('demo')).not.toContain('import.json');
  });

  it('a stop is CANCELLED; a delete leaves nothing', async () => {
    const importer = heldImporter();
    const stop = new AbortController();
    const copying = importer.copyPackage(demo, 'demo', { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(copying).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await importer.list()).toMatchObject([{ name: 'demo', manifest: null }]);
    await importer.remove('demo');
    expect(await importer.list()).toEqual([]);
  });

  it('a try that fails before anything came leaves no model', async () => {
    const importer = newImporter();
    const none = { kind: 'site', url: new URL('/models/none/', location.href).href } as const;
    await expect(importer.copyPackage(none, 'none')).rejects.toMatchObject({ code: 'PACKAGE_FILE_MISSING' });
    const settings = { name: 'none-made', scheme: 'q8', description: '', licence: 'MIT' } as const;
    await expect(importer.importCheckpoint(none, settings)).rejects.toMatchObject({ code: 'PACKAGE_FILE_MISSING' });
    expect(await importer.list()).toEqual([]);
  });

  it('what a worker that ended has left of looking for room is removed by the next', async () => {
    const folder = await models();
    await put(folder, 'room-left', 'as long as the room there was');
    await newImporter().copyPackage(demo, 'room-1');
    expect(await namesIn(folder)).toEqual(['room-1']);
  });

  it('deletes nothing that is being fetched, nor afterwards, when nobody expects it any more', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await navigator.locks.request('kosmos2-model-demo', () =>
      expect(importer.remove('demo')).rejects.toMatchObject({ code: 'STORAGE_FAILED', details: { name: 'demo' } }),
    );
    expect((await importer.list()).map(({ name }) => name)).toEqual(['demo']);
    await importer.remove('demo');
    expect(await importer.list()).toEqual([]);
  });

  it('makes a model of checkpoint files and stores it', async () => {
    const importer = newImporter();
    const files = await checkpointFiles();
    const settings = { name: 'made', scheme: 'q8', description: 'Made here.', licence: 'MIT' } as const;
    const stored = await importer.importCheckpoint({ kind: 'files', files }, settings);
    expect(stored.manifest).toMatchObject({ scheme: 'q8', licence: 'MIT' });
    expect(await importer.verify('made')).toEqual([]);
  });

  it('refuses names that lead elsewhere', async () => {
    for (const name of ['..', 'a/b', '', 'A']) {
      await expect(newImporter().copyPackage(demo, name)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    }
  });
});
