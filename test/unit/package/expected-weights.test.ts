import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/kosmos2/config.ts';
import { expectedWeights } from '../../../src/package/expected-weights.ts';
import { readSafetensors } from '../../../src/tensors/safetensors.ts';
import { bytesSource } from '../../support/bytes-source.ts';
import { readFolder, text } from './memory-files.ts';

/** Name and shape of every tensor in a checkpoint folder. */
async function tensorsOf(folder: string) {
  const files = await readFolder(folder);
  const shapes = new Map<string, readonly number[]>();
  for (const [name, content] of files) {
    if (!name.endsWith('.safetensors')) continue;
    const tensors = await readSafetensors(bytesSource(name, content));
    for (const tensor of tensors.values()) shapes.set(tensor.name, tensor.shape);
  }
  return { shapes, config: parseConfig(JSON.parse(text(files.get('config.json')))) };
}

describe('expected weights', () => {
  test.each([
    'test/fixtures/demo-model',
    'test/fixtures/reference/random-f32',
    'test/fixtures/reference/random-f16-sharded',
    'test/fixtures/reference/random-bf16',
  ])('are exactly the tensors, with their shapes, that transformers saved in %s', async (folder) => {
    const { shapes, config } = await tensorsOf(folder);
    const expected = new Map([...expectedWeights(config)].map(({ name, shape }) => [name, shape]));
    expect([...expected].sort()).toEqual([...shapes].sort());
  });

  test('of the official model add up to its 1.66 billion parameters', () => {
    const count = [...expectedWeights(parseConfig({ model_type: 'kosmos-2' }))].reduce((sum, { shape }) => {
      return sum + shape.reduce((product, size) => product * size, 1);
    }, 0);
    // Four bytes each are the 6.66 GB of its float32 safetensors.
    expect(count).toBe(1_664_485_376);
  });
});
