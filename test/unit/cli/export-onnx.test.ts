import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderCheckpoint, folderFiles, folderSink } from '../../../src/cli/folder-files.ts';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import { type CreateSession, GraphModel, relativeError } from '../../support/graph-model.ts';
import { createWasmSession } from '../../support/wasm-session.ts';
import { differences, readFolder } from '../package/memory-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kosmos2-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli/export-onnx.ts', ...args]);

/** A session from an exported file and the others beside it, as any program would make one. */
async function openExported(out: string, name: string): Promise<ort.InferenceSession> {
  const names = (await readdir(out)).filter((file) => !file.endsWith('.onnx'));
  const externalData = await Promise.all(
    names.map(async (path) => ({ path, data: new Uint8Array(await readFile(join(out, path))) })),
  );
  const model = new Uint8Array(await readFile(join(out, name)));
  return ort.InferenceSession.create(model, { executionProviders: ['wasm'], externalData, logSeverityLevel: 3 });
}

test('the package itself is no place to write to, whatever it is called', async () => {
  const model = join(folder, 'own');
  await cp('public/models/demo', model, { recursive: true });
  await symlink(model, join(folder, 'alias'));
  const before = await readdir(model);
  await expect(run('--model', model, '--out', join(folder, 'alias'))).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--out must be another folder than --model'),
  });
  expect(await readdir(model)).toEqual(before);
});

test('a folder that holds another package is left as it is', async () => {
  const other = join(folder, 'other');
  await cp('public/models/demo', other, { recursive: true });
  const before = await readFolder(other);
  await expect(run('--model', 'public/models/demo', '--out', other)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('other holds a model package'),
  });
  expect(differences(await readFolder(other), before)).toEqual([]);
});

describe.each(['q4', 'q8', 'f16'] as const)('the exported graphs of a %s package', (scheme) => {
  let [model, out] = ['', ''];
  beforeAll(async () => {
    [model, out] = [join(folder, scheme), join(folder, `${scheme}-onnx`)];
    await importCheckpoint(folderCheckpoint('test/fixtures/reference/random-f32'), folderSink(model), {
      scheme,
      name: 'Test',
      description: '',
      licence: 'MIT',
      source: { repository: 'test', revision: null },
      // Several files, and an embedding in blocks of rows.
      maxShardBytes: 150_000,
    });
    await run('--model', model, '--out', out);
  });

  test('are loaded from their files alone and give the logits of the engine', async () => {
    const pkg = await openPackage(folderFiles(model));
    const names = ['vision.onnx', 'decoder.onnx'];
    const exported: CreateSession = () => openExported(out, names.shift() as string);
    const target = { device: 'wasm', activation: 'f32' } as const;
    const [ours, theirs] = [
      await GraphModel.create(ort, pkg, target, createWasmSession),
      await GraphModel.create(ort, pkg, target, exported),
    ];
    const { channels, imageSize } = pkg.config.vision;
    const pixels = Float32Array.from({ length: channels * imageSize * imageSize }, (_, i) => Math.sin(i / 50));
    const rows = await ours.encodeImage(pixels);
    expect(relativeError(await theirs.encodeImage(pixels), rows)).toBeLessThan(1e-5);
    const ids = [0, 5, ...Array.from({ length: pkg.config.latentQueryNum }, (_, i) => 4 + i), 6, 9, 12];
    const images = [{ start: 2, rows }];
    const logits = await ours.run(ids, images);
    expect(relativeError(await theirs.run(ids, images), logits)).toBeLessThan(1e-5);
    expect(relativeError(await theirs.run([7]), await ours.run([7]))).toBeLessThan(1e-5);
    await ours.release();
    await theirs.release();
  });
});

// Floats of 16 bits have to be widened for graphs that compute in 32: nothing of them is read as it lies.
test.each(['q4', 'q8'])('the exported graphs of a %s package share its weights', async (scheme) => {
  const [model, out] = [join(folder, scheme), join(folder, `${scheme}-onnx`)];
  const shards = (await readdir(model)).filter((name) => name.endsWith('.safetensors'));
  expect((await readdir(out)).sort()).toEqual(
    ['decoder.data', 'decoder.onnx', ...shards, 'vision.data', 'vision.onnx'].sort(),
  );
  for (const name of shards) expect((await stat(join(out, name))).ino).toBe((await stat(join(model, name))).ino);
});

test('a wrong command line, and a folder that is none, are told in one line', async () => {
  const package_ = 'public/models/demo';
  for (const [args, message] of [
    [['--model', package_, '--out', package_], /another folder/],
    [['--model', package_, '--out', join(folder, 'x'), '--activation', 'f8'], /f32 or f16/],
    [['--model', package_, '--out', '/dev/null/x'], /could not be written/],
  ] as const) {
    await expect(run(...args)).rejects.toMatchObject({ stderr: expect.stringMatching(message) });
  }
});
