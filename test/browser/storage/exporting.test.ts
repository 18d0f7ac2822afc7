import { describe, expect, it } from 'vitest';
import { findModel } from '../../../src/runtime/find-model.ts';
import {
  beginWithNothing,
  chosenFolder,
  damage,
  demo,
  demoFiles,
  fileNames,
  heldImporter,
  namesIn,
  newImporter,
  openOnce,
  put,
  SHARD,
} from './stored-models.ts';

beginWithNothing();

describe('exporting a stored model', () => {
  it('exports to a folder what comes back unchanged from it', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    const chosen = await chosenFolder();
    const shares: number[] = [];
    await importer.exportTo('demo', chosen, { onProgress: ({ done, total }) => shares.push(done / total) });
    expect(shares, 'checked and copied in one go').toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
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

  it('what was exported stays whole where the same is exported again and stopped, or another that is damaged', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    const chosen = await chosenFolder();
    await importer.exportTo('demo', chosen);
    const own = await chosen.getDirectoryHandle('demo');
    const stop = new AbortController();
    const stopped = heldImporter().exportTo('demo', chosen, { signal: stop.signal, onProgress: () => stop.abort() });
    await stopped.catch(() => undefined);
    expect(await namesIn(own)).toContain('manifest.json');

    const manifest = await (await own.getFileHandle('manifest.json')).getFile();
    await put(own, 'manifest.json', `${await manifest.text()} `);
    await damage('demo', SHARD);
    await expect(importer.exportTo('demo', chosen)).rejects.toMatchObject({ details: { file: SHARD, stored: 'demo' } });
    expect(await namesIn(own)).toContain('manifest.json');
  });

  it('one that is stopped over another version says that no whole model lies there, as the folder does, until it goes on', async () => {
    const importer = newImporter();
    await importer.copyPackage(demo, 'demo');
    const chosen = await chosenFolder();
    await importer.exportTo('demo', chosen);
    const own = await chosen.getDirectoryHandle('demo');
    const whole = await namesIn(own);
    const manifest = await (await own.getFileHandle('manifest.json')).getFile();
    await put(own, 'manifest.json', `${await manifest.text()} `);
    const stop = new AbortController();
    const stopped = heldImporter().exportTo('demo', chosen, {
      signal: stop.signal,
      onProgress: ({ item }) => item === SHARD && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED', details: { unfinished: 'demo' } });
    expect(await namesIn(own)).not.toContain('manifest.json');
    const files: File[] = [];
    for await (const handle of own.values()) files.push(await (handle as FileSystemFileHandle).getFile());
    await expect(findModel({ kind: 'files', files })).rejects.toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
      details: { unfinished: 'import.json' },
    });
    await importer.exportTo('demo', chosen);
    expect(await namesIn(own)).toEqual(whole);
  });

  it('a damaged model of files of the device is to be chosen again', async () => {
    const importer = newImporter();
    await importer.copyPackage({ kind: 'files', files: await demoFiles() }, 'mine');
    await damage('mine', SHARD);
    const exported = importer.exportTo('mine', await chosenFolder());
    await expect(exported).rejects.toMatchObject({ message: expect.stringContaining('Choose the same files again') });
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
});
