import { iou, type UnitBox } from '../kosmos2/box.ts';
import { categoryOf, KINDS } from './kinds.ts';
import {
  alsoCalled,
  bySize,
  kindsNamedIn,
  MARGIN,
  meantBy,
  type Naming,
  outermost,
  readPhrase,
  type Side,
} from './phrase.ts';
import { BACKGROUND_WORDS, type KnownThing, type SceneTruth } from './truth.ts';
import { visible } from './visible.ts';
import { NUMBERS, numberOf, withArticle } from './words.ts';

/** The right answer to a question about a scene. */
export interface KnownAnswer {
  readonly words: string;
  /** Null where the answer does not say. */
  isRight(answer: string): boolean | null;
}

/** Overlap from which a region is about a thing. */
const SAME = 0.5;

/** Words that an answer may leave out. */
const LITTLE_WORDS: ReadonlySet<string> = new Set(['a', 'an', 'and']);

const PLACE = '(?: in (?:the|this) (?:image|picture|scene))?';

/** Questions whose answer is known, each with what works it out; null where it cannot be said. */
const QUESTIONS: readonly (readonly [RegExp, (truth: SceneTruth, words: readonly string[]) => KnownAnswer | null])[] = [
  [new RegExp(`^(?:is|are) there (?:any )?(.+?)${PLACE}$`), (truth, [phrase = '']) => isThere(truth, phrase)],
  [new RegExp(`^how many (.+?) (?:are|is) there${PLACE}$`), (truth, [phrase = '']) => howMany(truth, phrase)],
  [/^what (?:colou?r )?is the background$/, ({ background }) => inWords(background, BACKGROUND_WORDS)],
  [
    new RegExp(`^what is (?:on|at) the (left|right|top|bottom)${PLACE}$`),
    ({ things }, [side]) => named(sole(outermost(things, side as Side))),
  ],
  [
    new RegExp(`^what is the (largest|biggest|smallest) (?:object|thing)${PLACE}$`),
    ({ things }, [size]) => named(sole(bySize(things, size === 'smallest' ? 'smallest' : 'largest'))),
  ],
  [
    /^is the (.+?) (to the left of|to the right of|above|below) the (.+)$/,
    ({ things }, [one = '', how = '', other = '']) => isBeside(things, one, how, other),
  ],
];

/**
 * The right answer to a question; null where it is none of those that a scene answers.
 * @param region what "it" is, where the question is about one region of the picture
 */
export function knownAnswer(question: string, truth: SceneTruth, region: UnitBox | null): KnownAnswer | null {
  const words = question
    .toLowerCase()
    .replace(/\[region \d+\]/g, 'it')
    .replace(/[?.!\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (region) return aboutRegion(words, truth.things, region);
  for (const [form, answer] of QUESTIONS) {
    const match = form.exec(words);
    if (!match) continue;
    const known = answer(truth, match.slice(1));
    // Whether a thing that cannot be seen counts is not known.
    const seen = answer({ ...truth, things: visible(truth.things) }, match.slice(1));
    return known?.words === seen?.words ? known : null;
  }
  return null;
}

/** The thing a region is around; null where it is around none that can be seen. */
export function thingIn(region: UnitBox, things: readonly KnownThing[]): KnownThing | null {
  const [best] = visible(things).toSorted((a, b) => iou(b.box, region) - iou(a.box, region));
  return best && iou(best.box, region) >= SAME ? best : null;
}

/** Right where it names the kind of this thing before any other; null where there is no thing. */
export function named(thing: KnownThing | null): KnownAnswer | null {
  if (!thing) return null;
  return { words: withArticle(thing.kind), isRight: (answer) => kindsNamedIn(answer)[0]?.kind === thing.kind };
}

function aboutRegion(words: string, things: readonly KnownThing[], region: UnitBox): KnownAnswer | null {
  const thing = thingIn(region, things);
  if (/^what is (?:it|this|that)?$/.test(words) || words === 'what is') return named(thing);
  if (!thing || !/^what kind of thing is (?:it|this|that)$/.test(words)) return null;
  return inWords(withArticle(categoryOf(thing.kind)), KINDS.map(categoryOf));
}

function isThere({ things }: SceneTruth, phrase: string): KnownAnswer | null {
  const naming = readKnown(phrase);
  if (!naming) return null;
  const least = typeof naming.count === 'number' ? naming.count : 1;
  if (meantBy(naming, things).things.length >= least) return yesOrNo(true);
  // Whether a tree is there was not taught beside a palm tree.
  return alsoCalled(naming.what, things).length > 0 ? null : yesOrNo(false);
}

function howMany({ things }: SceneTruth, phrase: string): KnownAnswer | null {
  const naming = readKnown(phrase);
  if (!naming || typeof naming.count === 'number') return null;
  const count = meantBy(naming, things).things.length;
  const isRight = (answer: string) =>
    isSame(
      wordsOf(answer)
        .map(numberOf)
        .find((number) => number !== null),
      count,
    );
  return { words: NUMBERS[count] ?? String(count), isRight };
}

/** What a phrase names; null also where it is known that one is there, but not whether it counts as small, or as on the left. */
function readKnown(phrase: string): Naming | null {
  const naming = readPhrase(phrase);
  return naming?.described || naming?.side || naming?.size ? null : naming;
}

function isBeside(things: readonly KnownThing[], one: string, how: string, other: string): KnownAnswer | null {
  const [a, b] = [only(one, things), only(other, things)];
  if (!a || !b) return null;
  const corner = how === 'above' || how === 'below' ? 1 : 0;
  const centre = ({ box }: KnownThing) => (box[corner] + box[(corner + 2) as 2 | 3]) / 2;
  const way = how === 'above' || how === 'to the left of' ? 1 : -1;
  const distance = way * (centre(b) - centre(a));
  return Math.abs(distance) < MARGIN ? null : yesOrNo(distance > 0);
}

/** The one thing a name stands for; null where there are several or none. */
function only(name: string, things: readonly KnownThing[]): KnownThing | null {
  const naming = readPhrase(`the ${name}`);
  return naming ? sole(meantBy(naming, things).things) : null;
}

function sole([thing, ...more]: readonly KnownThing[]): KnownThing | null {
  return more.length === 0 ? (thing ?? null) : null;
}

function yesOrNo(yes: boolean): KnownAnswer {
  const words = yes ? 'yes' : 'no';
  return {
    words,
    isRight: (answer) =>
      isSame(
        wordsOf(answer).find((word) => word === 'yes' || word === 'no'),
        words,
      ),
  };
}

/** Right where these words are said, in whatever sentence, and wrong where only others of their kind are. */
function inWords(words: string, others: readonly string[]): KnownAnswer {
  return {
    words,
    isRight: (answer) => {
      const said = wordsOf(answer.replace(/grey/gi, 'gray'));
      const says = (one: string) => wordsOf(one).every((word) => LITTLE_WORDS.has(word) || said.includes(word));
      return says(words) || (others.some(says) ? false : null);
    },
  };
}

/** Null where nothing was said. */
function isSame<T>(said: T | undefined, right: T): boolean | null {
  return said === undefined ? null : said === right;
}

function wordsOf(answer: string): readonly string[] {
  return answer.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
