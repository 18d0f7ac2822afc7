import { MAX_NEW_TOKENS, MAX_NGRAM } from './decoding-options.ts';
import { JsonFields } from './json-fields.ts';

/** `generation_config.json`, checked; what it leaves out has the reference's default. */
export interface GenerationConfig {
  readonly maxNewTokens: number;
  readonly noRepeatNgramSize: number;
}

/** The official demo's limit (unilm, kosmos-2 demo). */
const DEMO_MAX_NEW_TOKENS = 500;

/**
 * Reads `generation_config.json`. Older checkpoints keep the no-repeat rule in `config.json` under `text_config`: it is
 * looked for there when the generation config says nothing.
 * @param configJson parsed `config.json`
 * @throws Kosmos2Error CONFIG_INVALID
 */
export function parseGenerationConfig(json: unknown, configJson: unknown = {}): GenerationConfig {
  const fields = new JsonFields(json, 'generation_config.json');
  const legacy = new JsonFields(
    new JsonFields(configJson, 'config.json').get('text_config') ?? {},
    'config.json: text_config',
  );
  return {
    maxNewTokens: fields.integer('max_new_tokens', DEMO_MAX_NEW_TOKENS, 1, MAX_NEW_TOKENS),
    noRepeatNgramSize: fields.integer(
      'no_repeat_ngram_size',
      legacy.integer('no_repeat_ngram_size', 0, 0, MAX_NGRAM),
      0,
      MAX_NGRAM,
    ),
  };
}
