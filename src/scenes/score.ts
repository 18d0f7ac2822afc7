import { iou, type UnitBox } from '../kosmos2/box.ts';
import type { Entity } from '../kosmos2/grounded-text.ts';
import { isKind, KINDS, type Kind } from './kinds.ts';
import { bestPairs } from './matching.ts';
import { alsoCalled, kindsNamedIn, meantBy, type Naming, readPhrase } from './phrase.ts';
import type { KnownAnswer } from './question.ts';
import type { KnownThing } from './truth.ts';
import { visible } from './visible.ts';
import { countInWords, NUMBERS, withArticle } from './words.ts';

/** How many of how many are right. */
export interface Tally {
  readonly right: number;
  readonly of: number;
}

/** How far an answer agrees with what is known of its picture. */
export interface SceneScore {
  /** Boxes of phrases that name something of a scene; null where there are none. */
  readonly boxes: Tally | null;
  /** Things that a text without boxes names; null where it names none, or that is not what was asked. */
  readonly named: Tally | null;
  /** Things that can be seen and should have been named or found, in the model's words. */
  readonly missed: readonly string[];
  /** Whether it is the right answer, and which that is; null where there is no one right answer, or it is not said. */
  readonly answer: { readonly right: boolean; readonly words: string } | null;
}

const NOTHING: SceneScore = { boxes: null, named: null, missed: [], answer: null };

/** Overlap from which a box is right. */
const RIGHT = 0.5;

/**
 * Boxes that the model gave to phrases which name something of a scene: one is right where it overlaps a thing its phrase
 * means, and no other box of the phrase has that thing.
 * @param once whether a thing has one box in the whole text, as in a description, and not one for each phrase
 * @returns null where there is no such box
 */
export function tallyBoxes(entities: readonly Entity[], things: readonly KnownThing[], once: boolean): Tally | null {
  const byPhrase = entities.map((entity) => fitsOf(entity, things));
  const pairs = once ? bestPairs(byPhrase.flat()) : byPhrase.flatMap(bestPairs);
  return pairs.length === 0 ? null : { right: pairs.filter((thing) => thing !== null).length, of: pairs.length };
}

/** A description with boxes. */
export function scoreDescription(entities: readonly Entity[], things: readonly KnownThing[]): SceneScore {
  const named = new Map<Kind, number>();
  for (const { phrase, boxes } of entities) {
    for (const { kind } of kindsNamedIn(phrase ?? '')) add(named, kind, boxes.length);
  }
  return { ...NOTHING, boxes: tallyBoxes(entities, things, true), missed: missing(named, things) };
}

/** A description, or a list of what is to be seen, in plain words. */
export function scoreList(text: string, things: readonly KnownThing[]): SceneScore {
  const named = new Map<Kind, number>();
  for (const { kind, count } of kindsNamedIn(text)) add(named, kind, count);
  const there = countOf(things);
  const counts = [...named];
  const right = counts.reduce((sum, [kind, count]) => sum + Math.min(count, there.get(kind) ?? 0), 0);
  const of = counts.reduce((sum, [, count]) => sum + count, 0);
  return { ...NOTHING, named: of === 0 ? null : { right, of }, missed: missing(named, things) };
}

/** What was looked for, and the entities found. */
export function scoreSearch(phrase: string, entities: readonly Entity[], things: readonly KnownThing[]): SceneScore {
  const naming = readPhrase(phrase);
  if (!naming || alsoCalled(naming.what, things).length > 0) return NOTHING;
  const meant = meantBy(naming, things);
  // Which of them are as it is described is not known.
  if (naming.described && meant.things.length > 0) return NOTHING;
  const boxes = tallyBoxes(entities, things, false);
  if (meant.things.length === 0) return { ...NOTHING, boxes, answer: boxes ? null : { right: true, words: 'none' } };
  const seen = meantBy(naming, visible(things)).things;
  const left = Math.min(meant.count, seen.length) - (boxes?.right ?? 0);
  return { ...NOTHING, boxes, missed: left > 0 ? [soMany(naming.what, left)] : [] };
}

/** What was looked for beside what is known already, and the entities found; boxes of the prompt among them. */
export function scoreOthers(
  phrase: string,
  known: readonly UnitBox[],
  entities: readonly Entity[],
  things: readonly KnownThing[],
): SceneScore {
  const naming = readPhrase(phrase);
  if (!naming || alsoCalled(naming.what, things).length > 0) return NOTHING;
  const left = things.filter(({ box }) => known.every((one) => iou(one, box) < RIGHT));
  const alike = meantBy({ ...naming, count: 'all', side: null, size: null }, left).things;
  if (naming.described && alike.length > 0) return NOTHING;
  const plain = entities.map((entity) => ({ ...entity, phrase: naming.what }));
  const boxes = tallyBoxes(plain, alike, false);
  if (alike.length === 0) return { ...NOTHING, boxes, answer: boxes ? null : { right: true, words: 'none' } };
  const seen = visible(things).filter((thing) => alike.includes(thing));
  const unfound = seen.length - (boxes?.right ?? 0);
  return { ...NOTHING, boxes, missed: unfound > 0 ? [soMany(naming.what, unfound)] : [] };
}

/** Boxes of phrases that nobody had to name, such as those of a person's own text. */
export function scoreBoxes(entities: readonly Entity[], things: readonly KnownThing[], once: boolean): SceneScore {
  return { ...NOTHING, boxes: tallyBoxes(entities, things, once) };
}

/** An answer of which the right one is known, and whatever boxes it has. */
export function scoreAnswer(
  answer: string,
  known: KnownAnswer | null,
  entities: readonly Entity[],
  things: readonly KnownThing[],
): SceneScore {
  const right = known?.isRight(answer) ?? null;
  return {
    ...NOTHING,
    boxes: tallyBoxes(entities, things, false),
    answer: known && right !== null ? { right, words: known.words } : null,
  };
}

/**
 * For each box of an entity the things it may be; none for boxes of the prompt, phrases that name nothing known, and a box
 * around what its phrase may mean all the same.
 */
function fitsOf({ phrase, boxes }: Entity, things: readonly KnownThing[]): readonly (readonly number[])[] {
  const naming = phrase === null ? null : readPhrase(phrase);
  if (!naming) return [];
  const meant = [things, visible(things)].flatMap((those) => meantBy(naming, those).things);
  const other = alsoCalled(naming.what, things);
  return boxes
    .filter(({ score, box }) => score !== null && other.every((thing) => iou(thing.box, box) < RIGHT))
    .map(({ box }) =>
      [...things.keys()].filter((index) => {
        const thing = things[index];
        return thing !== undefined && meant.includes(thing) && iou(thing.box, box) >= RIGHT;
      }),
    );
}

function missing(named: ReadonlyMap<Kind, number>, things: readonly KnownThing[]): readonly string[] {
  const there = countOf(visible(things));
  return KINDS.flatMap((kind) => {
    const left = (there.get(kind) ?? 0) - (named.get(kind) ?? 0);
    return left > 0 ? [countInWords(kind, left)] : [];
  });
}

function countOf(things: readonly KnownThing[]): ReadonlyMap<Kind, number> {
  const counts = new Map<Kind, number>();
  for (const { kind } of things) add(counts, kind, 1);
  return counts;
}

function add(counts: Map<Kind, number>, kind: Kind, count: number): void {
  counts.set(kind, (counts.get(kind) ?? 0) + count);
}

function soMany(what: Naming['what'], count: number): string {
  if (isKind(what)) return countInWords(what, count);
  return count === 1 ? withArticle(what) : `${NUMBERS[count] ?? count} ${what}s`;
}
