import type { UnitBox } from './box.ts';
import { codePoints } from './caption.ts';
import { patchPairToBox } from './patch-index.ts';
import { TAGS } from './special-tokens.ts';

/** An entity as the reference gives it: name, `[start, end]` in code points of the caption, boxes. */
export type ReferenceEntity = readonly [name: string, span: readonly [number, number], boxes: readonly UnitBox[]];

export interface ReferenceView {
  readonly caption: string;
  readonly entities: readonly ReferenceEntity[];
}

const PAIR = '<patch_index_\\d+><patch_index_\\d+>';
/** Nothing but these exact forms is an entity there: one space between the tags, and the object has no phrase. */
const ENTITY = new RegExp(`(?:<phrase>([^<]+)</phrase>)?<object>((?:${PAIR}${TAGS.delimiter})*${PAIR})</object>`, 'g');
/** White space as Python's `str.strip` knows it, which is not quite JavaScript's. */
const SPACES: ReadonlySet<string> = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

/**
 * What the reference's post-processing (processing_kosmos2.py, post_process_generation) makes of a parser's printed
 * text. It works on text, so it has quirks that the parser does not share, and they are kept here: everything between
 * `<` and the next `>` of a line is taken for a tag; each box of an object without a phrase is an entity of its own,
 * named after its patch indices; an object must follow its phrase at once, and must be closed.
 * @param text what `AnswerParser.text()` prints, from ids or from text
 */
export function referenceView(text: string): ReferenceView {
  const spoken = text.split(TAGS.endImage).at(-1) ?? '';
  const { plain, pointAt } = withoutTags(spoken);
  const leading = leadingSpace(plain);
  const entities = [...spoken.matchAll(ENTITY)].flatMap((match): ReferenceEntity[] => {
    const [, phrase, pairs = ''] = match;
    const found = pairs.split(TAGS.delimiter).map(readPair);
    if (phrase === undefined) {
      const at = pointAt(match.index) - leading;
      return found.map(({ name, box }) => [name, [at, at], [box]]);
    }
    const begin = match.index + TAGS.phrase.length;
    const start = pointAt(begin) - leading + leadingSpace(phrase);
    const end = pointAt(begin + phrase.length) - leading - trailingSpace(phrase);
    return [[strip(phrase), [start, end], found.map(({ box }) => box)]];
  });
  return { caption: strip(plain), entities };
}

function readPair(pair: string): { name: string; box: UnitBox } {
  const [upperLeft = '0', lowerRight = '0'] = Array.from(pair.matchAll(/\d+/g), ([digits]) =>
    digits.replace(/^0+\B/, ''),
  );
  return {
    name: `<patch_index_${upperLeft}><patch_index_${lowerRight}>`,
    box: patchPairToBox({ upperLeft: Number(upperLeft), lowerRight: Number(lowerRight) }),
  };
}

/**
 * The text without everything from a `<` to the next `>` on its line, and a function from an index of the text to the
 * code points left before it. One pass, where the regular expression would take quadratic time on many `<`.
 */
function withoutTags(text: string): { plain: string; pointAt: (index: number) => number } {
  /** Ends of what was cut out, and the code points kept before each. */
  const cuts: { end: number; kept: number }[] = [];
  let plain = '';
  let kept = 0;
  let end = 0;
  let open = -1;
  const keep = (until: number): void => {
    const piece = text.slice(end, until);
    plain += piece;
    kept += codePoints(piece);
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n') open = -1;
    else if (character === '<' && open < 0) open = index;
    else if (character === '>' && open >= 0) {
      keep(open);
      end = index + 1;
      open = -1;
      cuts.push({ end, kept });
    }
  }
  keep(text.length);
  const pointAt = (index: number): number => {
    const cut = cuts.findLast((candidate) => candidate.end <= index);
    return (cut?.kept ?? 0) + codePoints(text.slice(cut?.end ?? 0, index));
  };
  return { plain, pointAt };
}

function strip(text: string): string {
  const words = text.slice(leadingSpace(text));
  return words.slice(0, words.length - trailingSpace(words));
}

function leadingSpace(text: string): number {
  let count = 0;
  while (SPACES.has(text.charAt(count))) count += 1;
  return count;
}

function trailingSpace(text: string): number {
  let count = 0;
  while (SPACES.has(text.charAt(text.length - 1 - count))) count += 1;
  return count;
}
