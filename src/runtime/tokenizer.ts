import { Tokenizer } from '@huggingface/tokenizers';
import { MAX_VOCAB } from '../kosmos2/config.ts';
import { Kosmos2Error } from '../kosmos2/errors.ts';
import { jsonObject } from '../kosmos2/json-fields.ts';
import { checkLength, type TextCodec } from '../kosmos2/sequence.ts';
import { shown } from '../kosmos2/shown.ts';
import { readSpecialTokens, TAGS } from '../kosmos2/special-tokens.ts';
import { splitTags } from '../kosmos2/tag-splitter.ts';
import { reasonOf } from '../protocol/errors.ts';
import { SPACE, unknownPart } from './tokenizer-parts.ts';

/** Longest piece accepted, where KOSMOS-2's have 16 characters: how long a word of one letter takes grows with its square. */
const MAX_PIECE = 64;
/**
 * Tokens an expert's prompt may not hold, because their places are the engine's to choose: the start, the end and the
 * padding of the sequence, and both ends of an image (`</image>` is also where the caption begins for the parser).
 */
const FORBIDDEN: ReadonlySet<string> = new Set([TAGS.bos, TAGS.eos, TAGS.pad, TAGS.image, TAGS.endImage]);

/**
 * Makes the text codec of a package with @huggingface/tokenizers (the tokenizer of @xenova/transformers).
 * @param tokenizerJson parsed tokenizer.json
 * @param tokenizerConfigJson parsed tokenizer_config.json, `{}` where there is none
 * @throws Kosmos2Error TOKENIZER_INVALID
 */
export function createCodec(tokenizerJson: unknown, tokenizerConfigJson: unknown): TextCodec {
  const { byContent, unk } = readSpecialTokens(tokenizerJson);
  const json = tokenizerJson as Record<string, unknown>;
  const vocabulary = readVocabulary(json, unk);
  const tokenizer = textOnlyTokenizer(json, vocabulary, byContent);
  const config = jsonObject(tokenizerConfigJson, 'tokenizer_config.json', 'TOKENIZER_INVALID');

  const names = vocabulary.map(([piece]) => piece.replaceAll(SPACE, ' '));
  for (const [content, id] of byContent) names[id] = content;

  const encodeText = (text: string): number[] => {
    checkLength(text.length);
    // Rust counts U+0085 (next line) as white space, JavaScript does not.
    const { ids } = tokenizer.encode(text.replaceAll('\u0085', ' '), { add_special_tokens: false });
    return ids.filter((id, at) => id !== unk || ids[at - 1] !== unk);
  };
  const encodeJoined = (text: string): number[] => {
    // Metaspace puts a space before every text: one that stands behind a letter has it before the letter.
    const [letter, both] = [encodeText('a'), encodeText(`a${text}`)];
    return letter.every((id, at) => id === both[at]) ? both.slice(letter.length) : encodeText(text);
  };
  const encodeTagged = (text: string, forbidden: ReadonlySet<string>): number[] => {
    checkLength(text.length);
    return splitTags(text, (candidate) => byContent.has(candidate)).flatMap((part) => {
      if (!part.tag) return encodeText(part.text);
      if (forbidden.has(part.text)) refusePrompt(part.text);
      return byContent.get(part.text) ?? [];
    });
  };
  return {
    encodeText,
    encodeJoined,
    encodePrompt: (text) => encodeTagged(text, FORBIDDEN),
    encodeAll: (text) => encodeTagged(text, new Set()),
    decodeToken: (id) => names[id] ?? '',
    cleanUpSpaces: config.clean_up_tokenization_spaces === true,
  };
}

/**
 * A tokenizer that can produce no special id. Leaving the added tokens out is not enough: the unigram vocabulary holds
 * `<s>`, `</s>` and others as pieces of their own. They get a leading space, which no word has after Metaspace.
 */
function textOnlyTokenizer(
  json: Record<string, unknown>,
  vocabulary: readonly (readonly [string, number])[],
  byContent: ReadonlyMap<string, number>,
): Tokenizer {
  const unknown = unknownPart(json);
  if (unknown) refuse(unknown);
  const ids = new Set(byContent.values());
  const vocab = vocabulary.map(([piece, score], id) => {
    const special = ids.has(id) || byContent.has(piece);
    return [special ? ` ${piece}` : piece, score];
  });
  const model = { ...(json.model as object), vocab };
  const { normalizer = null, pre_tokenizer } = json;
  try {
    // What comes behind the model only adds tokens and writes texts, which is not done here.
    const parts = { normalizer, pre_tokenizer, model, post_processor: null, decoder: null, added_tokens: [] };
    const tokenizer = new Tokenizer(parts, {});
    // The library joins unknown characters to one token by joining their strings, in quadratic time; joining ids is enough.
    if (tokenizer.model) tokenizer.model.fuse_unk = false;
    return tokenizer;
  } catch (thrown) {
    return refuse(`cannot be used: ${reasonOf(thrown)}`);
  }
}

function readVocabulary(json: Record<string, unknown>, unk: number): readonly (readonly [string, number])[] {
  const model = json.model as Record<string, unknown> | null | undefined;
  if (model?.type !== 'Unigram') return refuse(`must hold a Unigram model, not ${shown(model?.type)}`);
  const { vocab, unk_id } = model;
  if (!Array.isArray(vocab) || vocab.length === 0 || vocab.length > MAX_VOCAB) {
    return refuse(`must hold a vocabulary of 1 to ${MAX_VOCAB} pieces`);
  }
  if (unk_id !== unk) return refuse(`must give <unk> its unk_id ${shown(unk_id)}, not ${unk}`);
  const sound = vocab.every((entry) => typeof entry?.[0] === 'string' && Number.isFinite(entry?.[1]));
  if (!sound) return refuse('has a vocabulary entry that is not a piece and its score');
  const longest = vocab.reduce((length, [piece]) => Math.max(length, piece.length), 0);
  return longest <= MAX_PIECE ? vocab : refuse(`has a piece of ${longest} characters, more than ${MAX_PIECE}`);
}

function refuse(what: string): never {
  throw new Kosmos2Error('TOKENIZER_INVALID', `tokenizer.json ${what}; use the one of a KOSMOS-2 model.`);
}

function refusePrompt(token: string): never {
  const message = `The prompt may not contain ${token}: the engine places it itself. Take it out.`;
  throw new Kosmos2Error('PROMPT_FORBIDDEN_TOKEN', message, { token });
}
