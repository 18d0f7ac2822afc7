import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/protocol/errors.ts';
import { failure, manifestOf, packedDemo, SHARD } from './changed-package.ts';
import { bytes, type Files, text } from './memory-files.ts';

const { demo, withFile, withManifest, shardWith } = await packedDemo();

describe('600 random changes', () => {
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const VALUES = [
    null,
    -1,
    0,
    2 ** 53,
    1e308,
    'x',
    '__proto__',
    [],
    {},
    true,
    [[[]]],
    { bytes: 64_000_000, sha256: 'f'.repeat(64) },
  ];

  /** Puts something odd in a random place of a JSON value. */
  function mutate(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || random(8) === 0) return VALUES[random(VALUES.length)];
    const copy = Object.assign(Array.isArray(value) ? [] : {}, value) as Record<string, unknown>;
    const keys = Object.keys(copy);
    const key = keys[random(keys.length)] ?? 'new';
    const kind = random(4);
    if (kind === 0) delete copy[key];
    else if (kind === 1) copy[`${key}${random(10)}`] = copy[key];
    else copy[key] = mutate(copy[key]);
    return copy;
  }

  const allowed = /^(PACKAGE_|TENSOR_|CONFIG_INVALID|TOKENIZER_INVALID)/;

  async function openMutated(files: Files): Promise<void> {
    const error = await failure(files);
    if (error === 'it opened') return;
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toMatch(allowed);
    expect((error as AppError).message).toMatch(/\.$/);
  }

  test('of the manifest end in a coded sentence, or open', async () => {
    for (let i = 0; i < 300; i++) await openMutated(withManifest(mutate(manifestOf(demo))));
  });

  test.each(['config.json', 'preprocessor_config.json', 'generation_config.json'])(
    'of %s end in a coded sentence, or open',
    async (name) => {
      for (let i = 0; i < 50; i++)
        await openMutated(await withFile(name, bytes(mutate(JSON.parse(text(demo.get(name)))))));
    },
  );

  test('of the shard header end in a coded sentence, or open', async () => {
    for (let i = 0; i < 150; i++) {
      const shard = shardWith((header) => JSON.stringify(mutate(mutate(JSON.parse(header)))));
      await openMutated(await withFile(SHARD, shard));
    }
  });
});
