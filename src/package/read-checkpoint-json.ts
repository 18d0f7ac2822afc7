import type { Kosmos2Config } from '../kosmos2/config.ts';
import { parseGenerationConfig } from '../kosmos2/generation-config.ts';
import { AppError } from '../protocol/errors.ts';
import type { CheckpointFile, CheckpointFiles } from './checkpoint-files.ts';
import { JSON_FILES, type JsonFile } from './manifest.ts';
import { parseJsonObject } from './parse-json.ts';
import { parseModelJson } from './parse-model-json.ts';

/** What tokenizer_config.json of `microsoft/kosmos-2-patch14-224` says of a tokenizer, for folders that have none. */
const TOKENIZER_CONFIG = {
  tokenizer_class: 'XLMRobertaTokenizer',
  bos_token: '<s>',
  eos_token: '</s>',
  unk_token: '<unk>',
  pad_token: '<pad>',
  mask_token: '<mask>',
};

/** The JSON files of a checkpoint, understood once and ready to be stored as they are. */
export interface CheckpointJson {
  readonly config: Kosmos2Config;
  readonly texts: ReadonlyMap<JsonFile, Uint8Array>;
}

/**
 * Reads and checks the five JSON files of a checkpoint. generation_config.json and tokenizer_config.json may be missing,
 * as in older checkpoints: they are made from config.json and after the official model.
 * @throws AppError PACKAGE_FILE_MISSING, PACKAGE_FILE_INVALID; Kosmos2Error CONFIG_INVALID, TOKENIZER_INVALID
 */
export async function readCheckpointJson(files: CheckpointFiles, signal?: AbortSignal): Promise<CheckpointJson> {
  const texts = new Map<JsonFile, Uint8Array>();
  for (const name of Object.keys(JSON_FILES) as JsonFile[]) {
    const source = await openText(files, name, signal);
    const bytes = source ? await source.read(0, source.size, signal) : standIn(name, texts);
    if (!bytes) throw missingText(name, files);
    texts.set(name, bytes);
  }
  const { config } = parseModelJson((name) => texts.get(name) as Uint8Array);
  return { config, texts };
}

/** A file that may be missing, made from what was read before it. */
function standIn(name: JsonFile, texts: ReadonlyMap<JsonFile, Uint8Array>): Uint8Array | null {
  const configText = texts.get('config.json');
  if (name === 'tokenizer_config.json') return jsonBytes(TOKENIZER_CONFIG);
  if (name !== 'generation_config.json' || !configText) return null;
  const { maxNewTokens, noRepeatNgramSize } = parseGenerationConfig({}, parseJsonObject('config.json', configText));
  return jsonBytes({ max_new_tokens: maxNewTokens, no_repeat_ngram_size: noRepeatNgramSize });
}

/**
 * Opens a JSON file of a checkpoint; null where there is none.
 * @throws AppError PACKAGE_FILE_INVALID for one that is too large
 */
export async function openText(
  files: CheckpointFiles,
  name: JsonFile,
  signal?: AbortSignal,
): Promise<CheckpointFile | null> {
  const source = await files.open(name, signal);
  const max = JSON_FILES[name];
  if (!source || source.size <= max) return source;
  const message = `${name} in ${files.location} has ${source.size} bytes, more than the ${max} it may have. Get the checkpoint's files again.`;
  throw new AppError('PACKAGE_FILE_INVALID', message, { file: name, actual: source.size, maxBytes: max });
}

export function missingText(name: JsonFile, { location }: CheckpointFiles): AppError {
  const message = `${name} is missing in ${location}. Get the checkpoint's files again.`;
  return new AppError('PACKAGE_FILE_MISSING', message, { file: name });
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
