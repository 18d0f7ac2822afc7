import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/index.ts';
import { createImporterClient, type ImporterClient } from '../../../src/protocol/importer-client.ts';
import type { OpenProgress } from '../../../src/protocol/messages.ts';

/** `npm run test:soak` multiplies the counts. */
const TIMES = Number(import.meta.env.VITE_SOAK_TIMES ?? 1);

const demo = { kind: 'site', url: new URL('/models/demo/', location.href).href } as const;

const open: ImporterClient[] = [];

/** A worker of its own, as every window has one. */
function newImporter(
  createWorker = () => new Worker(new URL('../../../workers/importer.ts', import.meta.url), { type: 'module' }),
): ImporterClient {
  const client = createImporterClient(createWorker);
  open.push(client);
  return client;
}

/** One that cannot be done before it is stopped. */
const heldImporter = () =>
  newImporter(() => new Worker(new URL('./held-importer.js', import.meta.url), { type: 'module' }));

const models = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle('kosmos2-models', { create: true });

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
}

const fileNames = async (model: string) => namesIn(await (await models()).getDirectoryHandle(model));

/** An empty folder as a person may choose one. */
async function chosenFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('chosen', { recursive: true }).catch(() => undefined);
  return root.getDirectoryHandle('chosen', { create: true });
}

async function put(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}

/** Changes one byte in the middle of a stored file. */
async function damage(model: string, name: string): Promise<void> {
  const handle = await (await (await models()).getDirectoryHandle(model)).getFileHandle(name);
  const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 255;
  const stream = await handle.createWritable();
  await stream.write(bytes);
  await stream.close();
}

async function openOnce(model: string): Promise<void> {
  const engine = createEngine();
  await engine.open(`stored:${model}`, { backend: 'wasm' });
  engine.dispose();
}

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('kosmos2-models', { recursive: true }).catch(() => undefined);
});
afterAll(() => {
  for (const client of open) client.dispose();
});

const SHARD = 'model-00001-of-00001.safetensors';

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

  it('mends at open what a check has found damaged, whatever the time of the file says', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await openOnce('demo');
    await damage('demo', SHARD);
    const folder = await (await models()).getDirectoryHandle('demo');
    const { lastModified } = await (await folder.getFileHandle(SHARD)).getFile();
    const noted = JSON.parse(await (await (await folder.getFileHandle('checked.json')).getFile()).text());
    await put(
      folder,
      'checked.json',
      JSON.stringify({ ...noted, [SHARD]: { ...noted[SHARD], modified: lastModified } }),
    );
    expect(await importer.verify('demo')).toEqual([SHARD]);
    await openOnce('demo');
    expect(await importer.verify('demo')).toEqual([]);
  });

  it('exports to a folder what comes back unchanged from it', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    const chosen = await chosenFolder();
    await importer.exportTo('demo', chosen);
    const files: File[] = [];
    for await (const handle of (await chosen.getDirectoryHandle('demo')).values())
      files.push(await (handle as FileSystemFileHandle).getFile());
    expect(files.map(({ name }) => name)).not.toContain('import.json');
    await importer.copyPackage({ kind: 'files', files }, 'again');
    expect(await importer.verify('again')).toEqual([]);
  });

  it('a damaged model is exported once it was opened, which mends it', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    await openOnce('demo');
    await damage('demo', SHARD);
    const chosen = await chosenFolder();
    await expect(importer.exportTo('demo', chosen)).rejects.toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      details: { file: SHARD, stored: 'demo' },
    });
    await openOnce('demo');
    await importer.exportTo('demo', chosen);
    expect(await namesIn(await chosen.getDirectoryHandle('demo'))).toContain('manifest.json');
  });

  it('exports beside whatever lies in the folder, into its own where one is, and over nothing else', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    const chosen = await chosenFolder();
    const others = ['manifest.json', 'model-00001-of-00002.safetensors', 'import.json'];
    for (const name of others) await put(chosen, name, name);
    const own = await chosen.getDirectoryHandle('demo', { create: true });
    await put(own, 'notes.txt', 'mine');
    const refused = { code: 'FOLDER_INVALID', details: { name: 'demo', parent: 'chosen' } };
    await expect(importer.exportTo('demo', chosen)).rejects.toMatchObject(refused);
    expect(await namesIn(own)).toEqual(['notes.txt']);

    await own.removeEntry('notes.txt');
    await put(own, 'import.json.crswap', '{');
    const stop = new AbortController();
    const stopped = heldImporter().exportTo('demo', chosen, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await namesIn(own)).not.toContain('manifest.json');
    for (const _ of ['after a stop', 'again']) await importer.exportTo('demo', chosen);
    const stored = (await fileNames('demo')).filter((name) => name !== 'origin.json');
    expect(await namesIn(own)).toEqual(['import.json.crswap', ...stored].sort());
    expect(await namesIn(chosen)).toEqual(['demo', ...others].sort());
    for (const name of others) expect(await (await (await chosen.getFileHandle(name)).getFile()).text()).toBe(name);

    await chosen.removeEntry('demo', { recursive: true });
    await put(chosen, 'demo', 'a file');
    await expect(importer.exportTo('demo', chosen)).rejects.toMatchObject(refused);
  });

  it('makes a model of checkpoint files and stores it', async () => {
    const importer = newImporter();
    const files = await checkpointFiles();
    const settings = { name: 'made', scheme: 'q8', description: 'Made here.', licence: 'MIT' } as const;
    const stored = await importer.importCheckpoint({ kind: 'files', files }, settings);
    expect(stored.manifest).toMatchObject({ scheme: 'q8', licence: 'MIT' });
    expect(await importer.verify('made')).toEqual([]);
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
    const written: string[] = [];
    const onProgress = ({ item }: { readonly item: string | null }) => {
      if (item !== null) written.push(item);
    };
    const after = await importer.importCheckpoint({ kind: 'files', files }, settings, { onProgress });
    expect(await importer.verify('made')).toEqual([]);
    expect(after.manifest).toEqual(before.manifest);
    expect(written, 'the damaged file alone was made').toEqual([]);
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

  it('refuses names that lead elsewhere', async () => {
    for (const name of ['..', 'a/b', '', 'A']) {
      await expect(newImporter().copyPackage(demo, name)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    }
  });
});

async function fetchFiles(folder: string, names: readonly string[]): Promise<File[]> {
  return Promise.all(names.map(async (name) => new File([await (await fetch(`${folder}${name}`)).blob()], name)));
}

const JSONS = [
  'config.json',
  'preprocessor_config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];

const demoFiles = () => fetchFiles('/models/demo/', [...JSONS, SHARD, 'manifest.json']);
const checkpoint = new URL('/test/fixtures/reference/random-f32/', location.href).href;
const checkpointFiles = () => fetchFiles(checkpoint, [...JSONS, 'model.safetensors']);
