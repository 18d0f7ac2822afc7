import { PATCH_COUNT } from './patch-index.ts';
import { patchName, type SpecialTokens, TAGS } from './special-tokens.ts';
import { splitTags } from './tag-splitter.ts';

/** What one token means to the parser of answers, whether it came as an id or in a text. */
export type AnswerSymbol =
  | { readonly kind: 'text'; readonly text: string }
  /** A location: `<patch_index_0044>` is 44. */
  | { readonly kind: 'patch'; readonly index: number }
  | { readonly kind: (typeof KINDS)[number] }
  /** A tag without meaning in an answer: printed, but no part of the caption. */
  | { readonly kind: 'tag'; readonly name: string }
  /** What the reference's decode leaves out: `<s>`, `</s>`, `<pad>`, `<unk>`, `<mask>`. */
  | { readonly kind: 'silent' };

/** Tags that mean something in an answer. */
const KINDS = ['phrase', 'endPhrase', 'object', 'endObject', 'delimiter', 'endImage'] as const;

const SILENT = [TAGS.bos, TAGS.eos, TAGS.pad, TAGS.unk, '<mask>'] as const;

/** Meaning of every tag by its name. */
const MEANING: ReadonlyMap<string, AnswerSymbol> = new Map<string, AnswerSymbol>([
  ...KINDS.map((kind) => [TAGS[kind], { kind }] as const),
  ...SILENT.map((name) => [name, { kind: 'silent' }] as const),
  ...Array.from({ length: PATCH_COUNT }, (_, index) => [patchName(index), { kind: 'patch', index }] as const),
]);

/** How the reference's decode prints a symbol. */
export function printSymbol(symbol: AnswerSymbol): string {
  switch (symbol.kind) {
    case 'text':
      return symbol.text;
    case 'patch':
      return patchName(symbol.index);
    case 'tag':
      return symbol.name;
    case 'silent':
      return '';
    default:
      return TAGS[symbol.kind];
  }
}

/** A function from token ids to symbols. `decodeToken` gives the text of ordinary pieces. */
export function symbolReader(
  { byContent }: SpecialTokens,
  decodeToken: (id: number) => string,
): (id: number) => AnswerSymbol {
  const tags = new Map([...byContent].map(([name, id]) => [id, tagSymbol(name)]));
  return (id) => tags.get(id) ?? { kind: 'text', text: decodeToken(id) };
}

/**
 * A generated text as symbols; only what the package's tokenizer knows as a tag is one. Printed, the symbols are the
 * text again, so a tag that a decode would leave out, and that stands in the text, is printed like any other.
 */
export function lexText(text: string, { byContent }: SpecialTokens): AnswerSymbol[] {
  return splitTags(text, (candidate) => byContent.has(candidate)).map((part): AnswerSymbol => {
    if (!part.tag) return { kind: 'text', text: part.text };
    const symbol = tagSymbol(part.text);
    return symbol.kind === 'silent' ? { kind: 'tag', name: part.text } : symbol;
  });
}

function tagSymbol(name: string): AnswerSymbol {
  return MEANING.get(name) ?? { kind: 'tag', name };
}
