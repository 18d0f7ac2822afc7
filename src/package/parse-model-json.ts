import { parseConfig } from '../kosmos2/config.ts';
import { parseGenerationConfig } from '../kosmos2/generation-config.ts';
import { parsePreprocessorConfig } from '../kosmos2/preprocessor-config.ts';
import { checkTokenizerFits } from '../kosmos2/special-tokens.ts';
import type { JsonFile } from './manifest.ts';
import type { ModelPackage } from './model-package.ts';
import { parseJsonObject } from './parse-json.ts';

/** What the five JSON files of a model say. */
export type ModelJson = Pick<ModelPackage, 'config' | 'preprocessor' | 'generation' | 'tokenizer' | 'tokenizerConfig'>;

/**
 * Reads the five JSON files and checks that they belong together: the picture's size is the vision tower's, and the model
 * has a row for every token.
 * @param bytesOf the bytes of each file
 * @throws AppError PACKAGE_FILE_INVALID; Kosmos2Error CONFIG_INVALID, TOKENIZER_INVALID
 */
export function parseModelJson(bytesOf: (name: JsonFile) => Uint8Array): ModelJson {
  const json = (name: JsonFile) => parseJsonObject(name, bytesOf(name));
  const configJson = json('config.json');
  const config = parseConfig(configJson);
  const tokenizer = json('tokenizer.json');
  checkTokenizerFits(tokenizer, config);
  return {
    config,
    preprocessor: parsePreprocessorConfig(json('preprocessor_config.json'), config.vision.imageSize),
    generation: parseGenerationConfig(json('generation_config.json'), configJson),
    tokenizer,
    tokenizerConfig: json('tokenizer_config.json'),
  };
}
