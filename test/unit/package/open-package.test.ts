import { describe, expect, test, vi } from 'vitest';
import type { Manifest } from '../../../src/package/manifest.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import { sha256 } from '../../../src/package/sha256.ts';
import { failure, manifestOf, packedDemo, SHARD } from './changed-package.ts';
import { bytes, memoryPackage, text } from './memory-files.ts';

const { demo, withFile, withManifest, shardWith } = await packedDemo();

/** JSON that is read but cannot be written. */
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);

describe('a sound package', () => {
  test('opens with everything in it understood', async () => {
    const pkg = await openPackage(memoryPackage(demo));
    expect(pkg.manifest.name).toBe('Demo model');
    expect(pkg.config.text.embedDim).toBe(192);
    expect(pkg.preprocessor.size).toBe(448);
    expect(pkg.generation).toEqual({ maxNewTokens: 160, noRepeatNgramSize: 0 });
    expect(pkg.weights.get('text_model.model.layers.3.ffn.fc2.weight')).toMatchObject({
      shape: [192, 512],
      encoding: 'q4',
      blocks: [
        {
          rowStart: 0,
          rows: 192,
          data: { dtype: 'U8', shape: [192, 16, 16], file: SHARD, byteLength: 192 * 256 },
          scales: { dtype: 'F16', shape: [192, 16], file: SHARD, byteLength: 192 * 32 },
        },
      ],
    });
    expect(pkg.shards.get(SHARD)?.byteLength).toBe(pkg.manifest.files[SHARD]?.bytes);
  });

  test('reports progress up to the sum of its files and never backwards', async () => {
    const seen: number[] = [];
    let total = 0;
    await openPackage(memoryPackage(demo), {
      onProgress(received, of) {
        seen.push(received);
        total = of;
      },
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
    expect(total).toBe(Object.values(manifestOf(demo).files).reduce((sum, file) => sum + file.bytes, 0));
  });
});

describe('a damaged package is refused, naming what is wrong', () => {
  test.each(['manifest.json', 'config.json', 'tokenizer.json', SHARD])('%s missing', async (name) => {
    const files = new Map(demo);
    files.delete(name);
    expect(await failure(files)).toMatchObject({
      code: 'PACKAGE_FILE_MISSING',
      message: expect.stringContaining(name),
    });
  });

  test.each(['config.json', SHARD])('%s one byte short', async (name) => {
    const whole = demo.get(name) as Uint8Array;
    const error = await failure(new Map(demo).set(name, whole.subarray(0, -1)));
    expect(error).toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      details: { file: name, expected: whole.length, actual: whole.length - 1 },
      message: expect.stringMatching(new RegExp(`${name}.*${whole.length - 1}.*${whole.length}.*import`)),
    });
  });

  test.each(['tokenizer.json', SHARD])('%s with one bit flipped', async (name) => {
    const flipped = Uint8Array.from(demo.get(name) as Uint8Array);
    flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] as number) ^ 1;
    const error = await failure(new Map(demo).set(name, flipped));
    expect(error).toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      details: { file: name, expected: manifestOf(demo).files[name]?.sha256, actual: await sha256(flipped) },
      message: expect.stringMatching(/SHA-256.*manifest.*again/),
    });
  });

  test.each([
    ['a shape that needs more bytes', (header: string) => header.replace('[192,16,16]', '[193,16,16]')],
    ['an offset outside the file', (header: string) => header.replace('"data_offsets":[0,', '"data_offsets":[9,')],
  ])('an impossible shard: %s', async (_, change) => {
    const error = await failure(await withFile(SHARD, shardWith(change)));
    expect(error).toMatchObject({ code: 'TENSOR_FILE_INVALID', message: expect.stringContaining(SHARD) });
  });

  test.each([
    ['another shape of the same size', '"U8","shape":[192,16,16]', '"U8","shape":[96,32,16]'],
    ['a weight under another name', 'layers.3.ffn.fc2.weight.q4', 'layers.3.ffn.fcX.weight.q4'],
    ['scales under another name', 'layers.3.ffn.fc2.weight.scales', 'layers.3.ffn.fcX.weight.scales'],
    ['a block from the wrong row', 'layers.3.ffn.fc2.weight.q4"', 'layers.3.ffn.fc2.weight.q4.from_row_16"'],
    ['codes of 4 bits called 8', 'layers.3.ffn.fc2.weight.q4', 'layers.3.ffn.fc2.weight.q8'],
    ['a quantized norm', 'layers.3.final_layer_norm.bias', 'layers.3.final_layer_norm.bias.q8'],
  ])('weights that are not the model: %s', async (_, from, to) => {
    const error = await failure(
      await withFile(
        SHARD,
        shardWith((header) => header.replaceAll(from, to)),
      ),
    );
    expect(error).toMatchObject({
      code: 'PACKAGE_WEIGHT_INVALID',
      message: expect.stringMatching(/Weight .*expected .*Import the checkpoint again/),
    });
  });

  test('a config of another size', async () => {
    const config = text(demo.get('config.json')).replace(/("ffn_dim": ?)512/, '$1544');
    expect(await failure(await withFile('config.json', bytes(config)))).toMatchObject({
      code: 'PACKAGE_WEIGHT_INVALID',
      message: expect.stringMatching(/ffn\.fc1\.weight.*544/),
    });
  });

  test.each([
    ['config.json', 'not json'],
    ['tokenizer.json', '[]'],
  ])('%s holding %s', async (name, content) => {
    expect(await failure(await withFile(name, bytes(content)))).toMatchObject({
      code: 'PACKAGE_FILE_INVALID',
      message: expect.stringContaining(name),
    });
  });
});

describe('a manifest', () => {
  test.each([2, 0, '1', null, undefined])(
    'of format %s is PACKAGE_VERSION_UNKNOWN with the value and what to do',
    async (format) => {
      expect(await failure(withManifest({ ...manifestOf(demo), format }))).toMatchObject({
        code: 'PACKAGE_VERSION_UNKNOWN',
        message: expect.stringMatching(new RegExp(`${format === undefined ? 'missing' : format}.*Update`)),
      });
    },
  );

  const file = { bytes: 10, sha256: '0'.repeat(64) };
  test.each([
    ['not JSON', () => '{'],
    ['a list', () => []],
    ['without files', (manifest: Manifest) => ({ ...manifest, files: undefined })],
    ['with a file elsewhere', (m: Manifest) => ({ ...m, files: { ...m.files, '../../etc/passwd': file } })],
    ['with a file of its own invention', (m: Manifest) => ({ ...m, files: { ...m.files, 'run.js': file } })],
    ['without a shard', (m: Manifest) => ({ ...m, files: { ...m.files, [SHARD]: undefined } })],
    [
      'with a gap in its shards',
      (m: Manifest) => ({ ...m, files: { ...m.files, 'model-00003-of-00003.safetensors': file } }),
    ],
    ['with a shard of 1 TB', (m: Manifest) => ({ ...m, files: { ...m.files, [SHARD]: { ...file, bytes: 1e12 } } })],
    ['with a negative size', (m: Manifest) => ({ ...m, files: { ...m.files, 'config.json': { ...file, bytes: -1 } } })],
    [
      'with a hash that is none',
      (m: Manifest) => ({ ...m, files: { ...m.files, 'config.json': { ...file, sha256: 'x' } } }),
    ],
    ['with an encoding nobody knows', (m: Manifest) => ({ ...m, encodings: { ...m.encodings, decoder: 'q2' } })],
    ['with quantized norms', (m: Manifest) => ({ ...m, encodings: { ...m.encodings, float: 'q4' } })],
    ['with a name of a million letters', (m: Manifest) => ({ ...m, name: 'x'.repeat(900_000) })],
    [
      'with a name nested deeper than can be written',
      (m: Manifest) => JSON.stringify({ ...m, name: 7 }).replace('"name":7', `"name":${DEEP}`),
    ],
  ])('%s is PACKAGE_MANIFEST_INVALID', async (_, change) => {
    const error = await failure(withManifest(change(manifestOf(demo))));
    expect(error).toMatchObject({ code: 'PACKAGE_MANIFEST_INVALID' });
    expect((error as Error).message.length).toBeLessThan(300);
  });
});

describe('opening', () => {
  test('on an insecure page, where crypto.subtle is missing, is INSECURE_CONTEXT', async () => {
    vi.stubGlobal('crypto', {});
    try {
      expect(await failure(demo)).toMatchObject({
        code: 'INSECURE_CONTEXT',
        message: expect.stringContaining('https'),
      });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('that is stopped is CANCELLED', async () => {
    const stop = new AbortController();
    const opening = openPackage(memoryPackage(demo), { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('ends the other reads when one fails', async () => {
    const files = new Map(demo);
    files.delete('config.json');
    const inner = memoryPackage(files);
    let ended = 0;
    const slow = {
      ...inner,
      async read(name: string, options: Parameters<typeof inner.read>[1]) {
        if (name === 'manifest.json' || name === 'config.json') return inner.read(name, options);
        return new Promise<Uint8Array>((_, reject) => {
          options.signal?.addEventListener('abort', () => {
            ended++;
            reject(options.signal?.reason);
          });
        });
      },
    };
    await expect(openPackage(slow)).rejects.toMatchObject({ code: 'PACKAGE_FILE_MISSING' });
    expect(ended).toBe(3);
  });
});
