import { shown } from '../kosmos2/shown.ts';

/** SentencePiece's mark for a space. */
export const SPACE = '▁';
/** A sequence of KOSMOS-2 has two or three. */
const MAX_PARTS = 16;

type Part = Readonly<Record<string, unknown>>;

/**
 * What tokenizers of KOSMOS-2 do to a text before it is cut into pieces. Other parts run expressions or insert texts of the
 * package's own, for as long and to as much as it likes.
 */
const NORMALIZERS: Readonly<Record<string, (part: Part) => boolean>> = {
  NFKC: () => true,
  Precompiled: () => true,
  Strip: () => true,
  // transformers 5.0 and 5.1 wrote the expression as a plain string, which no text has.
  Replace: ({ pattern, content }) => {
    const { Regex, String: plain } = (pattern ?? {}) as Part;
    return (Regex ?? plain) === ' {2,}' && (content === ' ' || content === SPACE);
  },
};
const PRE_TOKENIZERS: typeof NORMALIZERS = {
  WhitespaceSplit: () => true,
  Metaspace: ({ replacement = SPACE, str_rep = SPACE }) => replacement === SPACE && str_rep === SPACE,
};

/** What is wrong with the parts of a tokenizer.json that its texts go through; null where they are KOSMOS-2's. */
export function unknownPart(json: Part): string | null {
  const normalizers = partsOf(json.normalizer, 'normalizers');
  const preTokenizers = partsOf(json.pre_tokenizer, 'pretokenizers');
  if (normalizers.length > MAX_PARTS || preTokenizers.length > MAX_PARTS) {
    return `has a sequence of more than ${MAX_PARTS} parts`;
  }
  const odd = [...normalizers.filter(isNoneOf(NORMALIZERS)), ...preTokenizers.filter(isNoneOf(PRE_TOKENIZERS))];
  if (odd.length > 0) return `has a part that no KOSMOS-2 has: ${shown(odd[0])}`;
  return preTokenizers.some((part) => (part as Part).type === 'Metaspace') ? null : 'has no Metaspace pre-tokenizer';
}

/** The parts of a sequence, which is the only one in it, or the one part there is. */
function partsOf(value: unknown, list: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  const { type, [list]: parts } = value as Part;
  return type === 'Sequence' && Array.isArray(parts) ? parts : [value];
}

function isNoneOf(known: typeof NORMALIZERS): (part: unknown) => boolean {
  return (part) => {
    const { type } = (part ?? {}) as Part;
    return !(typeof type === 'string' && Object.hasOwn(known, type) && known[type]?.(part as Part));
  };
}
