/** What a word can do in a noun phrase. `possessor` is "dog's" in "the dog's ball". */
export type Role = 'article' | 'describer' | 'noun' | 'possessor' | 'other';

/** A word of a text and where it stands, in UTF-16 units. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly role: Role;
  /** Whether it could be the -ing form of a verb. */
  readonly gerund: boolean;
  /** Whether punctuation after it ends a phrase; between adjectives it does not. */
  readonly pause: boolean;
}

/** One term of a sentence in compromise's `json()`; only what is read here. */
interface Term {
  readonly text?: unknown;
  readonly post?: unknown;
  readonly tags?: unknown;
}

/** Words of captions that compromise takes for others where the sentence misleads it. */
const PREPOSITION =
  /^(in|on|at|of|by|with|to|from|under|over|behind|beside|near|next|above|below|between|through|into|onto|across|along|around|against|inside|outside)$/i;
const POSSESSIVE = /^(my|your|his|her|its|our|their|whose)$/i;
/** Words in -ing that are things, and would be taken for verbs behind another noun ("a brick building"). */
const THINGS_IN_ING =
  /^(building|painting|drawing|clothing|crossing|railing|earring|wedding|ceiling|string|ring|wing|king|spring|swing|sling|thing|pudding|dressing|icing|topping|stuffing|awning|lighting|carving|engraving|landing|parking|siding|flooring|lightning|morning|evening|wiring|rigging|bedding|packaging|covering|opening|marking|sibling|duckling|dumpling|herring|starling|seedling)s?$/i;

/**
 * The words that compromise found in a text, each at its place there.
 * @param sentences its `json()`
 */
export function words(sentences: unknown, text: string): Word[] {
  const found: Word[] = [];
  let from = 0;
  const all = terms(sentences);
  for (const [index, term] of all.entries()) {
    const word = typeof term.text === 'string' ? term.text : '';
    // The hidden second half of a contraction has no text of its own.
    const start = word === '' ? -1 : text.indexOf(word, from);
    if (start < 0) continue;
    from = start + word.length;
    const tags = tagsOf(term);
    // "a really very big dog": what describes a describer is one.
    const described = tags.has('Adverb') && all.slice(index + 1).find((next) => !tagsOf(next).has('Adverb'));
    const role = described && tagsOf(described).has('Adjective') ? 'describer' : roleOf(word, tags);
    const hasMark = typeof term.post === 'string' && /[^\s'’"“”-]/.test(term.post);
    found.push({
      text: word,
      start,
      end: from,
      role,
      gerund: /ing$/i.test(word) && word.length > 4 && !THINGS_IN_ING.test(word),
      pause: hasMark && role !== 'describer',
    });
  }
  return found;
}

function terms(sentences: unknown): Term[] {
  const list: readonly { readonly terms?: unknown }[] = Array.isArray(sentences) ? sentences : [];
  return list.flatMap((sentence) => (Array.isArray(sentence.terms) ? (sentence.terms as Term[]) : []));
}

function tagsOf(term: Term | undefined): ReadonlySet<unknown> {
  return new Set(Array.isArray(term?.tags) ? term.tags : []);
}

function roleOf(word: string, tags: ReadonlySet<unknown>): Role {
  if (!/[\p{L}\p{N}]/u.test(word)) return 'other';
  if (PREPOSITION.test(word)) return 'other';
  if (POSSESSIVE.test(word)) return 'article';
  if (tags.has('Determiner')) return 'article';
  if (tags.has('Pronoun') || tags.has('Emoji') || tags.has('Preposition') || tags.has('Conjunction')) return 'other';
  if (tags.has('Noun')) return tags.has('Possessive') ? 'possessor' : 'noun';
  if (tags.has('Adjective') || tags.has('Value')) return 'describer';
  return 'other';
}
