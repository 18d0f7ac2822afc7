import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TextCodec } from '../kosmos2/sequence.ts';
import { readSpecialTokens, type SpecialTokens } from '../kosmos2/special-tokens.ts';
import { createCodec } from '../runtime/tokenizer.ts';
import { readJsonObject } from './json-file.ts';

/**
 * Opens a tokenizer.json and the tokenizer_config.json beside it, if there is one.
 * @throws AppError PACKAGE_FILE_MISSING or PACKAGE_FILE_INVALID, Kosmos2Error TOKENIZER_INVALID
 */
export async function loadTokenizer(path: string): Promise<{ codec: TextCodec; specials: SpecialTokens }> {
  const json = await readJsonObject(path);
  const beside = join(dirname(path), 'tokenizer_config.json');
  const found = await access(beside).then(
    () => true,
    () => false,
  );
  const config = found ? await readJsonObject(beside) : {};
  return { codec: createCodec(json, config), specials: readSpecialTokens(json) };
}
