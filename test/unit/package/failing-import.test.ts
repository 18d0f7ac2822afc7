import { describe, expect, test } from 'vitest';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { SCHEMES } from '../../../src/package/schemes.ts';
import { OPTIONS } from './import-options.ts';
import { bytes, type Files, memoryCheckpoint, memorySink, readFolder, text } from './memory-files.ts';
import { withTensor } from './with-tensor.ts';

const REFERENCE = 'test/fixtures/reference';

describe('a failing import', () => {
  const weight = 'text_model.model.layers.1.ffn.fc1.weight';

  async function failure(source: Files, options = {}): Promise<{ error: unknown; files: Files }> {
    const files: Files = new Map([['manifest.json', bytes('of an older package')]]);
    const error = await importCheckpoint(memoryCheckpoint(source), memorySink(files), { ...OPTIONS, ...options }).then(
      () => 'it succeeded',
      (thrown) => thrown,
    );
    return { error, files };
  }

  test('names a weight of another shape and what was expected', async () => {
    const source = await withTensor(
      await readFolder(`${REFERENCE}/random-f32`),
      weight,
      [64, 128],
      new Float32Array(8192),
    );
    const { error } = await failure(source);
    expect(error).toMatchObject({
      code: 'PACKAGE_WEIGHT_INVALID',
      message: expect.stringMatching(/layers\.1\.ffn\.fc1\.weight.*F32 \[64,128\].*\[128,64\]/),
    });
  });

  test('names a weight that is missing', async () => {
    const source = await readFolder(`${REFERENCE}/random-f32`);
    const config = JSON.parse(text(source.get('config.json')));
    config.text_config.layers = 3;
    source.set('config.json', bytes(config));
    const { error } = await failure(source);
    expect(error).toMatchObject({
      code: 'PACKAGE_WEIGHT_INVALID',
      message: expect.stringContaining('text_model.model.layers.2.self_attn_layer_norm.weight'),
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'names a weight holding %d, whatever the scheme, and leaves no manifest',
    async (bad) => {
      const values = new Float32Array(8192).fill(0.01);
      values[777] = bad;
      const source = await withTensor(await readFolder(`${REFERENCE}/random-f32`), weight, [128, 64], values);
      for (const scheme of Object.keys(SCHEMES)) {
        const { error, files } = await failure(source, { scheme });
        expect(error).toMatchObject({
          code: 'TENSOR_VALUE_INVALID',
          message: expect.stringContaining(`${weight}[777]`),
        });
        expect(files.has('manifest.json')).toBe(false);
      }
    },
  );

  test.each(['config.json', 'preprocessor_config.json', 'tokenizer.json', 'model.safetensors'])(
    'names a missing %s and touches nothing',
    async (name) => {
      const source = await readFolder(`${REFERENCE}/random-f32`);
      source.delete(name);
      const { error, files } = await failure(source);
      expect(error).toMatchObject({ code: 'PACKAGE_FILE_MISSING', message: expect.stringContaining(name) });
      expect(text(files.get('manifest.json'))).toBe('of an older package');
    },
  );

  test('names the missing one of several source files', async () => {
    const source = await readFolder(`${REFERENCE}/random-f16-sharded`);
    source.delete('model-00003-of-00005.safetensors');
    expect((await failure(source)).error).toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
      message: expect.stringContaining('model-00003-of-00005.safetensors'),
    });
  });

  test.each(['../secret.safetensors', '/etc/passwd', 'a/b.safetensors', 'x.bin', 7])(
    'refuses an index that points to %s',
    async (target) => {
      const source = await readFolder(`${REFERENCE}/random-f16-sharded`);
      source.set('model.safetensors.index.json', bytes({ weight_map: { a: target } }));
      expect((await failure(source)).error).toMatchObject({ code: 'PACKAGE_FILE_INVALID' });
    },
  );

  test('refuses a tokenizer of another model', async () => {
    const source = await readFolder(`${REFERENCE}/random-f32`);
    source.set('tokenizer.json', (await readFolder(`${REFERENCE}/tokenizer`)).get('tokenizer.json') as Uint8Array);
    expect((await failure(source)).error).toMatchObject({ code: 'TOKENIZER_INVALID' });
  });

  test.each([
    [
      'a description',
      { description: 'x'.repeat(2001) },
      'description has 2001 characters, more than the 2000 it may have',
    ],
    [
      'a revision',
      { source: { repository: 'test', revision: 'x'.repeat(3000) } },
      'source.revision has 3000 characters',
    ],
    ['a number of shards', { maxShardBytes: 5_000, scheme: 'f32' }, 'not five JSON files and 1 to 512 shards'],
  ] as const)('refuses %s that nobody could read again before anything is written', async (_, options, told) => {
    const { error, files } = await failure(await readFolder('test/fixtures/demo-model'), options);
    expect(error).toMatchObject({ code: 'OPTION_INVALID', message: expect.stringContaining(told) });
    // What lay there before.
    expect([...files.keys()]).toEqual(['manifest.json']);
  });

  test('stops soon after its signal, as CANCELLED, without a manifest', async () => {
    const stop = new AbortController();
    let calls = 0;
    const { error, files } = await failure(await readFolder('test/fixtures/demo-model'), {
      signal: stop.signal,
      onProgress: () => {
        calls++;
        stop.abort();
      },
    });
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(calls).toBe(1);
    expect(files.has('manifest.json')).toBe(false);
  });
});
