import { describe, expect, test } from 'vitest';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import { SCHEMES, type SchemeName } from '../../../src/package/schemes.ts';
import { bytesSource } from '../../../src/tensors/byte-source.ts';
import { bfloatsToFloats, halvesToFloats } from '../../../src/tensors/float16.ts';
import { readWeight } from '../../../src/tensors/read-weight.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { layoutSafetensors } from '../../../src/tensors/safetensors-layout.ts';
import { asFloat32, asUint16 } from '../../../src/tensors/typed-view.ts';
import type { StoredTensor } from '../../../src/tensors/weight-index.ts';
import {
  bytes,
  differences,
  type Files,
  memoryCheckpoint,
  memoryPackage,
  memorySink,
  readFolder,
  sameBytes,
  text,
} from './memory-files.ts';

const REFERENCE = 'test/fixtures/reference';
const OPTIONS = {
  scheme: 'q4',
  name: 'Test',
  description: 'A test.',
  licence: 'MIT',
  source: { repository: 'test/test', revision: null },
} as const;

async function convert(source: Files, options: Partial<Parameters<typeof importCheckpoint>[2]> = {}) {
  const files: Files = new Map();
  const result = await importCheckpoint(memoryCheckpoint(source), memorySink(files), { ...OPTIONS, ...options });
  return { files, ...result };
}

/** Every tensor of a checkpoint as float32. */
async function sourceWeights(source: Files): Promise<Map<string, Float32Array>> {
  const weights = new Map<string, Float32Array>();
  for (const [name, content] of source) {
    if (!name.endsWith('.safetensors')) continue;
    for (const tensor of (await readSafetensors(bytesSource(name, content))).tensors.values()) {
      const data = content.subarray(tensor.offset, tensor.offset + tensor.byteLength);
      const read = { F32: asFloat32, F16: (b: Uint8Array) => halvesToFloats(asUint16(b)) }[
        tensor.dtype as 'F32' | 'F16'
      ];
      weights.set(tensor.name, read ? read(data) : bfloatsToFloats(asUint16(data)));
    }
  }
  return weights;
}

const reader = (pkg: ModelPackage) => (tensor: StoredTensor) =>
  (pkg.shards.get(tensor.file) as Uint8Array).subarray(tensor.offset, tensor.offset + tensor.byteLength);

/** A checkpoint of one file holding these tensors next to those of `source`. */
async function withTensor(source: Files, name: string, shape: readonly number[], values: Float32Array): Promise<Files> {
  const old = source.get('model.safetensors') as Uint8Array;
  const { tensors } = await readSafetensors(bytesSource('model.safetensors', old));
  const kept = [...tensors.values()].filter((tensor) => tensor.name !== name);
  const layout = layoutSafetensors('model.safetensors', [...kept, { name, dtype: 'F32', shape }], { format: 'pt' });
  const file = new Uint8Array(layout.byteLength);
  file.set(layout.header);
  for (const { name: key, offset } of layout.tensors) {
    const from = tensors.get(key);
    file.set(
      key === name || !from
        ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
        : old.subarray(from.offset, from.offset + from.byteLength),
      offset,
    );
  }
  return new Map(source).set('model.safetensors', file);
}

describe.each(['random-f32', 'random-f16-sharded', 'random-bf16'])('%s', (folder) => {
  test('stored as f32 holds every number of the checkpoint unchanged', async () => {
    const source = await readFolder(`${REFERENCE}/${folder}`);
    const { files } = await convert(source, { scheme: 'f32' });
    const pkg = await openPackage(memoryPackage(files));
    const expected = await sourceWeights(source);
    expect([...pkg.weights.keys()].sort()).toEqual([...expected.keys()].sort());
    const changed = [...pkg.weights].filter(([name, weight]) => {
      return !sameBytes(readWeight(weight, reader(pkg)), expected.get(name));
    });
    expect(changed).toEqual([]);
  });

  test.each(Object.keys(SCHEMES) as SchemeName[])(
    'stored as %s opens, and reads back as the report says',
    async (scheme) => {
      const source = await readFolder(`${REFERENCE}/${folder}`);
      const result = await convert(source, { scheme, report: true });
      const errors = new Map(result.errors.map((error) => [error.name, error]));
      const { files } = result;
      const pkg = await openPackage(memoryPackage(files));
      const expected = await sourceWeights(source);
      expect([...errors.keys()]).toEqual([...pkg.weights.keys()]);
      for (const [name, weight] of pkg.weights) {
        const exact = expected.get(name) as Float32Array;
        const worst = readWeight(weight, reader(pkg)).reduce((most, value, i) => {
          return Math.max(most, Math.abs(value - (exact[i] as number)));
        }, 0);
        expect(errors.get(name)).toMatchObject({ encoding: weight.encoding, maxAbs: worst });
        expect(errors.get(name)?.relativeRms).toBeLessThan(
          { f32: 1e-9, f16: 4e-4, q8: 0.01, q4: 0.12 }[weight.encoding],
        );
      }
    },
  );
});

describe('a package', () => {
  test('has the same bytes every time', async () => {
    const source = await readFolder(`${REFERENCE}/random-f32`);
    const [first, second] = [await convert(source), await convert(source)];
    expect(differences(first.files, second.files)).toEqual([]);
  });

  test('in small shards holds the same weights as in one', async () => {
    const source = await readFolder('test/fixtures/demo-model');
    const [one, many] = [await convert(source), await convert(source, { maxShardBytes: 70_000 })];
    expect(Object.keys(one.manifest.files)).toHaveLength(6);
    expect(Object.keys(many.manifest.files).length).toBeGreaterThan(50);
    for (const [name, { bytes }] of Object.entries(many.manifest.files)) {
      if (name.startsWith('model')) expect(bytes).toBeLessThanOrEqual(70_000);
    }
    const [a, b] = [await openPackage(memoryPackage(one.files)), await openPackage(memoryPackage(many.files))];
    const embedding = 'text_model.model.embed_tokens.weight';
    expect(b.weights.get(embedding)?.blocks.length).toBeGreaterThan(5);
    const changed = [...a.weights].filter(([name, weight]) => {
      const other = b.weights.get(name) as typeof weight;
      return !sameBytes(readWeight(other, reader(b)), readWeight(weight, reader(a)));
    });
    expect(changed).toEqual([]);
  });

  test('keeps the JSON files to the byte and says what they are', async () => {
    const source = await readFolder('test/fixtures/demo-model');
    const { files, manifest } = await convert(source);
    for (const name of ['config.json', 'tokenizer.json', 'generation_config.json']) {
      expect(sameBytes(files.get(name), source.get(name))).toBe(true);
    }
    const { format, name, licence, scheme, encodings } = JSON.parse(text(files.get('manifest.json')));
    expect({ format, name, licence, scheme }).toEqual({ format: 1, name: 'Test', licence: 'MIT', scheme: 'q4' });
    expect(encodings).toEqual({ decoder: 'q4', embedding: 'q8', vision: 'q8', projection: 'q8', float: 'f16' });
    expect(Object.keys(manifest.files).sort()).toEqual(
      [...files.keys()].filter((file) => file !== 'manifest.json').sort(),
    );
  });

  test('gets the legacy defaults where a checkpoint has no generation config and no tokenizer config', async () => {
    const source = await readFolder(`${REFERENCE}/random-f32`);
    const config = JSON.parse(text(source.get('config.json')));
    config.text_config.no_repeat_ngram_size = 3;
    source.set('config.json', bytes(config));
    source.delete('generation_config.json');
    source.delete('tokenizer_config.json');
    const pkg = await openPackage(memoryPackage((await convert(source)).files));
    expect(pkg.generation.noRepeatNgramSize).toBe(3);
    expect(pkg.tokenizerConfig.tokenizer_class).toBe('XLMRobertaTokenizer');
  });

  test('leaves out the tied output matrix and the buffers silently, other tensors with a word', async () => {
    const source = await readFolder(`${REFERENCE}/random-f32`);
    let extended = source;
    for (const name of [
      'text_model.lm_head.weight',
      'text_model.model.embed_positions.weights',
      'vision_model.model.embeddings.position_ids',
      'some.other.weight',
    ]) {
      extended = await withTensor(extended, name, [3, 5], new Float32Array(15));
    }
    const { files, extras } = await convert(extended);
    expect(extras).toEqual(['some.other.weight']);
    expect(differences(files, (await convert(source)).files)).toEqual([]);
  });
});

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

test('the demo package in the repository is what the importer makes of the demo model today', async () => {
  const shipped = await readFolder('public/models/demo');
  const { name, description, licence, source, scheme } = JSON.parse(text(shipped.get('manifest.json')));
  const { files } = await convert(await readFolder('test/fixtures/demo-model'), {
    name,
    description,
    licence,
    source,
    scheme,
  });
  expect(differences(files, shipped)).toEqual([]);
});
