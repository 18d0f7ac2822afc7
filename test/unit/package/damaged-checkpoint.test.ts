import { beforeAll, describe, expect, test } from 'vitest';
import { importCheckpoint } from '../../../src/package/import-checkpoint.ts';
import { AppError } from '../../../src/protocol/errors.ts';
import { bytes, type Files, memoryCheckpoint, memorySink, readFolder, text } from './memory-files.ts';

const WEIGHTS = 'model.safetensors';

let sound: Files;
beforeAll(async () => {
  sound = await readFolder('test/fixtures/reference/random-f32');
});

/** What an import of a checkpoint says, and the files it leaves. */
async function outcome(source: Files): Promise<{ error: unknown; files: Files }> {
  const files: Files = new Map();
  const options = {
    scheme: 'q4',
    name: 'Test',
    description: '',
    licence: 'MIT',
    source: { repository: 'test', revision: null },
  } as const;
  const error = await importCheckpoint(memoryCheckpoint(source), memorySink(files), options).then(
    () => 'it succeeded',
    (thrown: unknown) => thrown,
  );
  return { error, files };
}

async function expectRefused(source: Files, code: RegExp): Promise<void> {
  const { error, files } = await outcome(source);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).code).toMatch(code);
  expect((error as AppError).message).toMatch(/^[^\n]{20,400}\.$/);
  expect(files.has('manifest.json')).toBe(false);
}

/** The weights with their header's text changed, its length kept by spaces. */
function withHeader(change: (header: string) => string): Files {
  const file = Uint8Array.from(sound.get(WEIGHTS) as Uint8Array);
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = text(file.subarray(8, 8 + length));
  const changed = change(header);
  expect(changed).not.toBe(header);
  file.set(bytes(changed.trimEnd().padEnd(length)).subarray(0, length), 8);
  return new Map(sound).set(WEIGHTS, file);
}

function withConfig(section: string, key: string, value: unknown): Files {
  const config = JSON.parse(text(sound.get('config.json')));
  expect(config[section]).toHaveProperty(key);
  config[section][key] = value;
  return new Map(sound).set('config.json', bytes(config));
}

describe('a damaged checkpoint ends in one coded sentence and leaves no manifest:', () => {
  test.each([0, 7, 100, 20_000, -1])('weights cut off at byte %i', async (end) => {
    const weights = sound.get(WEIGHTS) as Uint8Array;
    await expectRefused(new Map(sound).set(WEIGHTS, weights.slice(0, end)), /^TENSOR_(TRUNCATED|FILE_INVALID)$/);
  });

  test.each(['config.json', 'preprocessor_config.json', 'tokenizer.json'])('%s cut off', async (name) => {
    const whole = sound.get(name) as Uint8Array;
    await expectRefused(new Map(sound).set(name, whole.slice(0, whole.length >> 1)), /^PACKAGE_FILE_INVALID$/);
  });

  test('tensors that overlap', async () => {
    await expectRefused(
      withHeader((header) => header.replace(/"data_offsets":\[\d+,\d+\]/g, '"data_offsets":[0,256]')),
      /^TENSOR_FILE_INVALID$/,
    );
  });

  test('a tensor outside the file', async () => {
    await expectRefused(
      withHeader((header) => header.replace(/"data_offsets":\[0,/, '"data_offsets":[9,')),
      /^TENSOR_FILE_INVALID$/,
    );
  });

  test.each([
    ['a billion layers', 'text_config', 'layers', 1e9],
    ['a vocabulary of 10^15', 'text_config', 'vocab_size', 1e15],
    ['a width of 2^40', 'text_config', 'embed_dim', 2 ** 40],
    ['a picture of 10^9 pixels a side', 'vision_config', 'image_size', 1e9],
    ['a width below nothing', 'vision_config', 'hidden_size', -64],
    ['words for numbers', 'text_config', 'ffn_dim', 'many'],
  ] as const)('a config of %s', async (_, section, key, value) => {
    const started = process.cpuUsage();
    await expectRefused(withConfig(section, key, value), /^(CONFIG_INVALID|PACKAGE_WEIGHT_INVALID|TOKENIZER_INVALID)$/);
    expect(process.cpuUsage(started).user).toBeLessThan(2e6);
  });
});
