import { type Category, categoryOf, isCategory, KINDS, type Kind } from './kinds.ts';
import type { KnownThing } from './truth.ts';
import { numberOf, pluralOf, withArticle } from './words.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** What a phrase names: "the two dogs", "a small red dog", "the leftmost dog", "the object on the left". */
export interface Naming {
  /** A kind, a category, or anything at all. */
  readonly what: Kind | Category | 'object';
  /** All of them, or so many; null for one of them. */
  readonly count: number | 'all' | null;
  /** Which one of several: only where the phrase says that it is one in particular. */
  readonly side: Side | null;
  readonly size: 'largest' | 'smallest' | null;
  /** Whether it says more of what it names, which is not checked: "a small red dog". */
  readonly described: boolean;
}

/** As training/workshop/scenes/colours.py has them. */
const COLOURS = 'red|orange|yellow|green|blue|purple|pink|brown|gray|grey|black|white';

const SIDES: Readonly<Record<string, Side>> = {
  left: 'left',
  leftmost: 'left',
  right: 'right',
  rightmost: 'right',
  top: 'top',
  upper: 'top',
  bottom: 'bottom',
  lower: 'bottom',
};

const SIZES: Readonly<Record<string, 'largest' | 'smallest'>> = Object.fromEntries([
  ...['large', 'big', 'larger', 'largest', 'bigger', 'biggest'].map((word) => [word, 'largest'] as const),
  ...['small', 'little', 'smaller', 'smallest'].map((word) => [word, 'smallest'] as const),
]);

interface Name extends Pick<Naming, 'what'> {
  readonly many: boolean;
}

/** Every name of something, in one and in many. */
const NAMES = namesOfAll();

const ANY_NAME = [...NAMES.keys()].toSorted((a, b) => b.length - a.length).join('|');
const PHRASE = new RegExp(
  `^(?:(a|an|the|all|all the) )?(?:([a-z]+|\\d{1,2}) )??(?:(${[...Object.keys(SIDES), ...Object.keys(SIZES)].join('|')}) )?` +
    `(?:(${COLOURS}) )?(${ANY_NAME})(?: (?:(?:on|to|at) the (left|right|top|bottom)|in the (center|centre|middle)))?$`,
);
const COUNTED_NAME = new RegExp(
  `\\b(?:([a-z]+|\\d{1,2}) )??(?:(?:${Object.keys(SIZES).join('|')}) )?(?:(?:${COLOURS}) )?(${ANY_NAME})\\b`,
  'g',
);

/** What a phrase names; null where it names nothing of a scene, or says more than can be checked. */
export function readPhrase(phrase: string): Naming | null {
  const match = PHRASE.exec(plainWords(phrase));
  const [, article = '', quantity, adjective = '', colour = '', name = '', place = '', middle = ''] = match ?? [];
  const named = NAMES.get(name);
  if (!named) return null;
  const number = quantity === undefined ? null : numberOf(quantity);
  if (quantity !== undefined && number === null) return null;
  const count = number !== null && number !== 1 ? number : named.many ? 'all' : null;
  const told = [adjective, colour, place, middle].filter((words) => words !== '');
  // Of several that are small, red, or on the left, it is not known how many there are.
  if (count !== null && told.length > 0) return null;
  // "A small dog on the left" describes, and so does "large bread"; "the small dog" chooses.
  const describes = article.startsWith('a') || (article === '' && withArticle(name) === name);
  const chooses = count === null && !describes && told.length > 0;
  // What is red is not known, nor which of several is in the middle, or small among those on the left.
  if (chooses && (told.length > 1 || colour || middle)) return null;
  return {
    what: named.what,
    count,
    side: chooses ? (SIDES[adjective] ?? SIDES[place] ?? null) : null,
    size: chooses ? (SIZES[adjective] ?? null) : null,
    described: !chooses && told.length > 0,
  };
}

/** The kinds named in a text in their order, and how many of each: "a dog and two cats". */
export function kindsNamedIn(text: string): readonly { readonly kind: Kind; readonly count: number }[] {
  return [...plainWords(text).matchAll(COUNTED_NAME)].flatMap(([, quantity = '', name = '']) => {
    const what = NAMES.get(name)?.what;
    if (what === undefined || what === 'object' || isCategory(what)) return [];
    return { kind: what, count: numberOf(quantity) ?? 1 };
  });
}

/** Things that a phrase may mean, and how many of them it means. */
export function meantBy(naming: Naming, things: readonly KnownThing[]) {
  const alike = things.filter(({ kind }) => isNamed(kind, naming.what));
  if (naming.count !== null) return { things: alike, count: naming.count === 'all' ? alike.length : naming.count };
  const chosen = naming.side ? outermost(alike, naming.side) : naming.size ? bySize(alike, naming.size) : null;
  return { things: chosen ? [chosen] : alike, count: 1 };
}

/** The thing nearest to a side; null where there is none or `margin` does not tell it from the next one. */
export function outermost(things: readonly KnownThing[], side: Side, margin = 0): KnownThing | null {
  const way = side === 'left' || side === 'top' ? 1 : -1;
  const corner = side === 'left' || side === 'right' ? 0 : 1;
  return first(things, ({ box }) => (way * ((box[corner] ?? 0) + (box[corner + 2] ?? 0))) / 2, margin);
}

/** The largest or smallest thing; null where there is none or it is not `times` as large or small as the next one. */
export function bySize(things: readonly KnownThing[], size: 'largest' | 'smallest', times = 1): KnownThing | null {
  const way = size === 'smallest' ? 1 : -1;
  const longer = ({ box }: KnownThing) => Math.max(box[2] - box[0], box[3] - box[1]);
  return first(things, (thing) => way * Math.log(longer(thing)), Math.log(times));
}

function first(things: readonly KnownThing[], key: (thing: KnownThing) => number, margin: number): KnownThing | null {
  const [best, next] = things.toSorted((a, b) => key(a) - key(b));
  if (!best || (next && key(next) - key(best) < margin)) return null;
  return best;
}

function isNamed(kind: Kind, what: Naming['what']): boolean {
  return what === 'object' || what === kind || categoryOf(kind) === what;
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[.,;:!?]+/g, ' , ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,]+|[\s,]+$/g, '');
}

function namesOfAll(): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>([
    ['food', { what: 'food', many: false }],
    ['clothing', { what: 'clothing', many: false }],
    ['thing', { what: 'object', many: false }],
    ['things', { what: 'object', many: true }],
  ]);
  for (const what of ['animal', 'vehicle', 'building', 'plant', 'instrument', 'ball', 'object'] as const) {
    names.set(what, { what, many: false }).set(`${what}s`, { what, many: true });
  }
  // Where one and many are the same word, it is one unless a number says more.
  for (const what of KINDS) names.set(pluralOf(what), { what, many: true }).set(what, { what, many: false });
  return names;
}
