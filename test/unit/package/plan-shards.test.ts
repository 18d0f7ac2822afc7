import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/kosmos2/config.ts';
import { expectedWeights } from '../../../src/package/expected-weights.ts';
import { MAX_SHARD_BYTES } from '../../../src/package/manifest.ts';
import { planShards } from '../../../src/package/plan-shards.ts';
import { readWeightIndex } from '../../../src/package/read-weight-index.ts';
import { SCHEMES, type SchemeName } from '../../../src/package/schemes.ts';

const OFFICIAL = parseConfig({ model_type: 'kosmos-2' });
const NAMES = Object.keys(SCHEMES) as SchemeName[];

describe.each(NAMES)('the official model as %s', (scheme) => {
  const shards = planShards(expectedWeights(OFFICIAL), SCHEMES[scheme]);

  test('lies in files of at most 64 MB', () => {
    const sizes = shards.map(({ layout }) => layout.byteLength);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_SHARD_BYTES);
    console.log(`${scheme}: ${sizes.length} shards, ${(sizes.reduce((a, b) => a + b) / 1e6).toFixed(0)} MB`);
  });

  test('starts every tensor at a multiple of 16 bytes', () => {
    for (const { layout } of shards) for (const { offset } of layout.tensors) expect(offset % 16).toBe(0);
  });

  test('is found whole again, block after block, each from a multiple of 16 rows', () => {
    const index = readWeightIndex(
      shards.flatMap(({ layout }) => layout.tensors),
      OFFICIAL,
    );
    expect(index.size).toBe([...expectedWeights(OFFICIAL)].length);
    for (const { group, name } of expectedWeights(OFFICIAL)) {
      expect(index.get(name)?.encoding).toBe(SCHEMES[scheme][group]);
      for (const { rowStart } of index.get(name)?.blocks ?? []) expect(rowStart % 16).toBe(0);
    }
  });
});

test('a weight whose columns do not fill blocks of 32 stays in floats', () => {
  const config = parseConfig({
    model_type: 'kosmos-2',
    text_config: { embed_dim: 48, attention_heads: 2, ffn_dim: 64, layers: 1, vocab_size: 100 },
    vision_config: { hidden_size: 32, num_attention_heads: 1, intermediate_size: 40, num_hidden_layers: 1 },
  });
  const shards = planShards(expectedWeights(config), SCHEMES.q4);
  const index = readWeightIndex(
    shards.flatMap(({ layout }) => layout.tensors),
    config,
  );
  expect(index.get('text_model.model.layers.0.ffn.fc1.weight')?.encoding).toBe('f16');
  expect(index.get('text_model.model.layers.0.ffn.fc2.weight')?.encoding).toBe('q4');
});

test('one row larger than the limit still gets a place instead of an endless search', () => {
  const weight = { name: 'x', shape: [3, 1000], group: 'float' } as const;
  expect(planShards([weight], SCHEMES.f32, 3000).map(({ blocks }) => blocks.length)).toEqual([1, 1, 1]);
});
