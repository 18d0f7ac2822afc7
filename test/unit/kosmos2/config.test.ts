import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/kosmos2/config.ts';
import { resolveOptions } from '../../../src/kosmos2/decoding-options.ts';
import { parseGenerationConfig } from '../../../src/kosmos2/generation-config.ts';
import { parsePreprocessorConfig } from '../../../src/kosmos2/preprocessor-config.ts';
import { DEMO, fixture, RANDOM } from './fixtures.ts';

const invalid = (field: string) =>
  expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(field) });

describe('config.json', () => {
  it('takes the defaults of the official model for everything it leaves out', () => {
    expect(parseConfig({})).toEqual({
      latentQueryNum: 64,
      causalProjection: false,
      positionType: 'float32',
      text: {
        vocabSize: 65037,
        embedDim: 2048,
        layers: 24,
        heads: 32,
        ffnDim: 8192,
        layerNormEps: 1e-5,
        maxPositions: 2048,
        scaleEmbedding: true,
        padTokenId: 1,
        bosTokenId: 0,
        eosTokenId: 2,
      },
      vision: {
        hiddenSize: 1024,
        intermediateSize: 4096,
        layers: 24,
        heads: 16,
        imageSize: 224,
        patchSize: 14,
        channels: 3,
        layerNormEps: 1e-5,
      },
    });
  });

  it('of the demo model is read', () => {
    const config = parseConfig(fixture(`${DEMO}/config.json`));
    expect(config.latentQueryNum).toBe(64);
    expect(config.text).toMatchObject({ vocabSize: 3456, embedDim: 192, layers: 6, heads: 6, ffnDim: 512 });
    expect(config.vision).toMatchObject({ hiddenSize: 192, layers: 5, imageSize: 448, patchSize: 16 });
  });

  it.each(RANDOM)('and preprocessor of %s fit each other', (folder) => {
    const config = parseConfig(fixture(`${folder}/config.json`));
    const preprocessor = parsePreprocessorConfig(
      fixture(`${folder}/preprocessor_config.json`),
      config.vision.imageSize,
    );
    expect(preprocessor.size).toBe(config.vision.imageSize);
  });

  it.each([
    ['config.json', null],
    ['config.json', []],
    ['config.json', 'kosmos'],
    ['model_type', { model_type: 'kosmos-2.5' }],
    ['latent_query_num', { latent_query_num: 0 }],
    ['latent_query_num', { latent_query_num: 1.5 }],
    ['text_config', { text_config: 7 }],
    ['vocab_size', { text_config: { vocab_size: '65037' } }],
    ['vocab_size', { text_config: { vocab_size: 1e12 } }],
    ['embed_dim', { text_config: { embed_dim: -2048 } }],
    ['embed_dim', { text_config: { embed_dim: 33, attention_heads: 1 } }],
    ['attention_heads', { text_config: { attention_heads: 31 } }],
    ['attention_heads', { text_config: { embed_dim: 96, attention_heads: 24 } }],
    ['tie_word_embeddings', { text_config: { tie_word_embeddings: false } }],
    ['pad_token_id', { text_config: { pad_token_id: 2 } }],
    ['max_position_embeddings', { latent_query_num: 64, text_config: { max_position_embeddings: 64 } }],
    ['layers', { text_config: { layers: 1e9 } }],
    ['eos_token_id', { text_config: { eos_token_id: 65037 } }],
    ['scale_embedding', { text_config: { scale_embedding: 'yes' } }],
    ['activation_function', { text_config: { activation_function: 'relu' } }],
    ['layer_norm_eps', { text_config: { layer_norm_eps: 0 } }],
    ['num_attention_heads', { vision_config: { num_attention_heads: 7 } }],
    ['patch_size', { vision_config: { patch_size: 15 } }],
    ['image_size', { vision_config: { image_size: 1e6 } }],
    ['hidden_act', { vision_config: { hidden_act: 'gelu' } }],
    ['num_channels', { vision_config: { num_channels: 4 } }],
  ])('with an absurd %s is refused by name: %j', (field, json) => {
    expect(() => parseConfig(json)).toThrowError(invalid(field));
  });

  it('is refused with the value and the limit in the sentence', () => {
    const broken = { text_config: { layers: 1000 } };
    expect(() => parseConfig(broken)).toThrowError(
      'config.json: text_config: layers must be a whole number from 1 to 256, but is 1000; use the files of a KOSMOS-2 model.',
    );
  });
});

describe('a value nested deeper than can be written', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));

  it.each([
    ['a number', () => parseConfig({ latent_query_num: deep }), 'latent_query_num'],
    ['an object', () => parseConfig({ text_config: deep }), 'text_config'],
    ['a name', () => parseConfig({ model_type: deep }), 'model_type'],
    ['a file', () => parseGenerationConfig(deep), 'generation_config.json'],
  ])('in place of %s is refused by name, with values that reach the page', (_, parse, field) => {
    expect(parse).toThrowError(invalid(field));
    expect(parse).toThrowError(
      expect.objectContaining({ details: expect.objectContaining({ value: 'nested too deeply to be shown' }) }),
    );
  });
});

describe('preprocessor_config.json', () => {
  const mean = [0.48145466, 0.4578275, 0.40821073];
  const std = [0.26862954, 0.26130258, 0.27577711];

  it.each([
    ['height and width', { size: { height: 56, width: 56 }, do_center_crop: false }, 56],
    [
      'one edge, squared',
      { size: { shortest_edge: 128 }, use_square_size: true, crop_size: { height: 128, width: 128 } },
      128,
    ],
    ['a bare number, squared', { size: 64, use_square_size: true, crop_size: 64 }, 64],
    ['nothing but the square flag', { use_square_size: true }, 224],
    ['both forms at once', { size: { height: 42, width: 42 }, use_square_size: true, do_center_crop: false }, 42],
  ])('may give the size as %s', (_, json, size) => {
    expect(parsePreprocessorConfig(json)).toEqual({ size, rescaleFactor: 1 / 255, mean, std });
  });

  it.each([
    ['size: width', { size: { height: 224, width: 336 } }],
    ['size: width', { size: { height: 224 } }],
    ['size: shortest_edge', { size: { shortest_edge: 0 }, use_square_size: true }],
    ['use_square_size', { size: { shortest_edge: 224 } }],
    ['use_square_size', {}],
    ['crop_size', { use_square_size: true, crop_size: { height: 200, width: 200 } }],
    ['do_resize', { use_square_size: true, do_resize: false }],
    ['do_normalize', { use_square_size: true, do_normalize: false }],
    ['do_rescale', { use_square_size: true, do_rescale: false }],
    ['resample', { use_square_size: true, resample: 2 }],
    ['rescale_factor', { use_square_size: true, rescale_factor: -1 }],
    ['image_mean', { use_square_size: true, image_mean: [0.5, 0.5] }],
    ['image_mean', { use_square_size: true, image_mean: [0.5, 0.5, null] }],
    ['image_std', { use_square_size: true, image_std: [1, 1, 0] }],
  ])('is refused at %s: %j', (field, json) => {
    expect(() => parsePreprocessorConfig(json)).toThrowError(invalid(field));
  });

  it('is refused where its size is not that of the vision tower', () => {
    expect(() => parsePreprocessorConfig({ use_square_size: true }, 336)).toThrowError(invalid('336'));
  });
});

describe('generation_config.json', () => {
  it('leaves the demo model without the n-gram rule and gives the random ones theirs', () => {
    expect(parseGenerationConfig(fixture(`${DEMO}/generation_config.json`))).toEqual({
      maxNewTokens: 160,
      noRepeatNgramSize: 0,
    });
    for (const folder of RANDOM) {
      expect(parseGenerationConfig(fixture(`${folder}/generation_config.json`))).toEqual({
        maxNewTokens: 32,
        noRepeatNgramSize: 3,
      });
    }
  });

  it('falls back on the rule in config.json, and only where it has none itself', () => {
    const config = { text_config: { no_repeat_ngram_size: 3 } };
    expect(parseGenerationConfig({}, config)).toEqual({ maxNewTokens: 500, noRepeatNgramSize: 3 });
    expect(parseGenerationConfig({ no_repeat_ngram_size: 0 }, config).noRepeatNgramSize).toBe(0);
    expect(parseGenerationConfig({})).toEqual({ maxNewTokens: 500, noRepeatNgramSize: 0 });
  });

  it.each([
    ['max_new_tokens', { max_new_tokens: 0 }],
    ['max_new_tokens', { max_new_tokens: 1e9 }],
    ['no_repeat_ngram_size', { no_repeat_ngram_size: -1 }],
  ])('is refused at an absurd %s: %j', (field, json) => {
    expect(() => parseGenerationConfig(json)).toThrowError(invalid(field));
  });
});

describe('decoding options', () => {
  const defaults = { maxNewTokens: 128, noRepeatNgramSize: 3 };

  it('are greedy with the grammar, the limit and the rule of the package where nothing is asked for', () => {
    expect(resolveOptions({}, defaults)).toEqual({
      maxNewTokens: 128,
      temperature: 0,
      topP: 1,
      seed: 0,
      noRepeatNgramSize: 3,
      grammar: true,
      gridBoxes: false,
    });
  });

  it('take what is asked for, undefined being nothing', () => {
    const asked = { temperature: 0.7, topP: 0.9, seed: 42, noRepeatNgramSize: 0, grammar: false, gridBoxes: true };
    expect(resolveOptions({ ...asked, maxNewTokens: undefined }, defaults)).toEqual({ ...asked, maxNewTokens: 128 });
  });

  it.each([
    { maxNewTokens: 0 },
    { maxNewTokens: 4097 },
    { maxNewTokens: 1.5 },
    { temperature: -0.1 },
    { temperature: Number.NaN },
    { temperature: 11 },
    { topP: 0 },
    { topP: 1.01 },
    { seed: -1 },
    { seed: 2 ** 32 },
    { noRepeatNgramSize: 65 },
    { grammar: 'yes' as unknown as boolean },
  ])('are refused by name and value: %j', (asked) => {
    const [option, value] = Object.entries(asked)[0] as [string, unknown];
    expect(() => resolveOptions(asked, defaults)).toThrowError(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: expect.stringMatching(new RegExp(`^${option} must .* is ${String(value)}`)),
      }),
    );
  });
});
