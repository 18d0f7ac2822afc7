import { describe, expect, test } from 'vitest';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import type { ModelPackage } from '../../../src/package/model-package.ts';
import { openPackage } from '../../../src/package/open-package.ts';
import { SCHEMES, type SchemeName } from '../../../src/package/schemes.ts';
import { bfloatsToFloats, halvesToFloats } from '../../../src/tensors/float16.ts';
import { readWeight } from '../../../src/tensors/read-weight.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { asFloat32, asUint16 } from '../../../src/tensors/typed-view.ts';
import type { StoredTensor } from '../../../src/tensors/weight-index.ts';
import { bytesSource } from '../../support/bytes-source.ts';
import { OPTIONS } from './import-options.ts';
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
import { withTensor } from './with-tensor.ts';

const REFERENCE = 'test/fixtures/reference';

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
    for (const tensor of (await readSafetensors(bytesSource(name, content))).values()) {
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
