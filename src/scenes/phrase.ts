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

/** Closer than this, in 0..1 of the picture, nobody says which of two is farther left. */
export const MARGIN = 0.07;
/** Nor which of two is larger, where it is not as many times as large. */
const TIMES = 1.25;

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
  // Of none nothing can be found.
  if (quantity !== undefined && !number) return null;
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
  if (naming.side) return { things: outermost(alike, naming.side), count: 1 };
  if (naming.size) return { things: bySize(alike, naming.size), count: 1 };
  return { things: alike, count: 1 };
}

/** Things of other kinds that its name may mean all the same: a palm tree is a tree. */
export function alsoCalled(what: Naming['what'], things: readonly KnownThing[]): readonly KnownThing[] {
  return things.filter(({ kind }) => kind.endsWith(` ${what}`) && !isNamed(kind, what));
}

/** The thing nearest to a side, and whatever is not clearly farther from it; nobody asks which of these it is. */
export function outermost(things: readonly KnownThing[], side: Side): readonly KnownThing[] {
  const way = side === 'left' || side === 'top' ? 1 : -1;
  const corner = side === 'left' || side === 'right' ? 0 : 1;
  return first(things, ({ box }) => (way * ((box[corner] ?? 0) + (box[corner + 2] ?? 0))) / 2, MARGIN);
}

/** The largest or smallest thing, and whatever is not clearly smaller or larger. */
export function bySize(things: readonly KnownThing[], size: 'largest' | 'smallest'): readonly KnownThing[] {
  const way = size === 'smallest' ? 1 : -1;
  const longer = ({ box }: KnownThing) => Math.max(box[2] - box[0], box[3] - box[1]);
  return first(things, (thing) => way * Math.log(longer(thing)), Math.log(TIMES));
}

function first(things: readonly KnownThing[], key: (thing: KnownThing) => number, margin: number) {
  const least = Math.min(...things.map(key));
  return things.filter((thing) => key(thing) - least < margin);
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
