import { readFileSync } from 'node:fs';
import { readSpecialTokens } from '../../../src/kosmos2/special-tokens.ts';
import { createCodec } from '../../../src/runtime/tokenizer.ts';

const root = new URL('../../fixtures/', import.meta.url);

/** A JSON file below test/fixtures. */
export function fixture<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, root), 'utf8')) as T;
}

/** The JSON lines of a file below test/fixtures. */
export function fixtureLines<T>(path: string): T[] {
  const lines = readFileSync(new URL(path, root), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

/** Text codec and special tokens of a folder with a tokenizer.json. */
export function loadTokenizer(folder: string) {
  const json = fixture<Record<string, unknown>>(`${folder}/tokenizer.json`);
  return { json, codec: createCodec(json, {}), specials: readSpecialTokens(json) };
}

export const REAL = 'reference/tokenizer';
export const DEMO = 'demo-model';
export const RANDOM = ['reference/random-f32', 'reference/random-f16-sharded', 'reference/random-bf16'] as const;
