import { type Kosmos2Config, MAX_VOCAB } from './config.ts';
import { Kosmos2Error } from './errors.ts';
import { jsonObject } from './json-fields.ts';
import { PATCH_COUNT } from './patch-index.ts';
import { shown } from './shown.ts';

/** Texts of the tokens with a role, locations apart. */
export const TAGS = {
  bos: '<s>',
  pad: '<pad>',
  eos: '</s>',
  unk: '<unk>',
  image: '<image>',
  endImage: '</image>',
  grounding: '<grounding>',
  phrase: '<phrase>',
  endPhrase: '</phrase>',
  object: '<object>',
  endObject: '</object>',
  delimiter: '</delimiter_of_multi_objects/>',
} as const;

/** Ids of the tokens that mean something to KOSMOS-2; every package has its own. */
export interface SpecialTokens extends Readonly<Record<keyof typeof TAGS, number>> {
  /** Id of `<patch_index_0000>`; the other 1023 follow in order. */
  readonly firstPatch: number;
  /** First placeholder id of the image rows: the id after `<unk>` (processing_kosmos2.py). */
  readonly firstImageSlot: number;
  /** Every added token by its text: the tags above and those without a role here (`<mask>`, `</doc>`, ...). */
  readonly byContent: ReadonlyMap<string, number>;
}

/** Most added tokens accepted: four times what KOSMOS-2 has. */
const MAX_ADDED_TOKENS = 4096;

/** Text of `<patch_index_0000>` and its like. */
export function patchName(index: number): string {
  return `<patch_index_${String(index).padStart(4, '0')}>`;
}

/** The patch index that a token stands for; null for one that is no location. */
export function patchOf(id: number, { firstPatch }: Pick<SpecialTokens, 'firstPatch'>): number | null {
  const patch = id - firstPatch;
  return patch >= 0 && patch < PATCH_COUNT ? patch : null;
}

/**
 * Reads the special tokens from a parsed tokenizer.json. Whether an added token is flagged `special` differs between
 * checkpoints and means nothing here.
 * @throws Kosmos2Error TOKENIZER_INVALID where one is missing, doubled or out of order
 */
export function readSpecialTokens(tokenizerJson: unknown): SpecialTokens {
  const byContent = addedTokens(tokenizerJson);
  const id = (content: string): number => byContent.get(content) ?? refuse(`has no token ${content}`, { content });
  const firstPatch = id(patchName(0));
  for (let index = 1; index < PATCH_COUNT; index += 1) {
    if (id(patchName(index)) !== firstPatch + index) {
      refuse(`has ${patchName(index)} out of order: its id must be ${firstPatch + index}`, { index });
    }
  }
  const tags = Object.fromEntries(Object.entries(TAGS).map(([role, content]) => [role, id(content)]));
  return {
    ...(tags as Record<keyof typeof TAGS, number>),
    firstPatch,
    firstImageSlot: id(TAGS.unk) + 1,
    byContent,
  };
}

/**
 * Checks that a model has a row for every token, and agrees on where text begins and ends.
 * @throws Kosmos2Error TOKENIZER_INVALID
 */
export function checkTokenizerFits(tokenizerJson: unknown, config: Kosmos2Config): void {
  const specials = readSpecialTokens(tokenizerJson);
  const { vocabSize, bosTokenId, eosTokenId, padTokenId } = config.text;
  const lastSlot = specials.firstImageSlot + config.latentQueryNum - 1;
  const largest = Math.max(...specials.byContent.values(), lastSlot, pieces(tokenizerJson) - 1);
  if (largest >= vocabSize) {
    refuse(`uses token id ${largest}, but the model has only ${vocabSize} tokens`, { largest, vocabSize });
  }
  const agree = specials.bos === bosTokenId && specials.eos === eosTokenId && specials.pad === padTokenId;
  if (!agree) {
    refuse('and config.json disagree about the ids of <s>, </s> or <pad>', { bosTokenId, eosTokenId, padTokenId });
  }
}

/** How many pieces the vocabulary has, each with the id of its place. Whether it is sound the tokenizer finds out. */
function pieces(tokenizerJson: unknown): number {
  const { vocab } = ((tokenizerJson as { model?: unknown }).model ?? {}) as { vocab?: unknown };
  return Array.isArray(vocab) ? vocab.length : 0;
}

function addedTokens(tokenizerJson: unknown): ReadonlyMap<string, number> {
  const list = jsonObject(tokenizerJson, 'tokenizer.json', 'TOKENIZER_INVALID').added_tokens;
  if (!Array.isArray(list)) return refuse('has no list of added_tokens', {});
  if (list.length > MAX_ADDED_TOKENS) {
    return refuse(`has ${list.length} added tokens, more than ${MAX_ADDED_TOKENS}`, { count: list.length });
  }
  const byContent = new Map<string, number>();
  const ids = new Set<number>();
  for (const entry of list) {
    const { id, content } = jsonObject(entry, 'tokenizer.json: added_tokens[]', 'TOKENIZER_INVALID');
    if (typeof content !== 'string' || content === '') {
      return refuse('has an added token without text', { entry: shown(entry) });
    }
    const told = { content: shown(content), id: shown(id) };
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= MAX_VOCAB) {
      return refuse(`gives ${told.content} the id ${told.id}, not a whole number below ${MAX_VOCAB}`, told);
    }
    if (byContent.has(content) || ids.has(id)) {
      return refuse(`lists ${told.content} or its id ${told.id} twice`, told);
    }
    byContent.set(content, id);
    ids.add(id);
  }
  return byContent;
}

function refuse(what: string, details: Record<string, unknown>): never {
  throw new Kosmos2Error('TOKENIZER_INVALID', `tokenizer.json ${what}; use the one of a KOSMOS-2 model.`, details);
}
