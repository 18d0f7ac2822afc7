import { SAME_PLACE } from '../../kosmos2/box.ts';
import { type AnnotatedEntity, type AnnotatedImage, withBoxes } from '../../kosmos2/formats/annotated-image.ts';
import type { Entity } from '../../kosmos2/grounded-text.ts';
import { type MarkedBox, overlapOf } from '../../state/marks.ts';
import type { PageImage } from '../../state/page-image.ts';
import { type Annotation, sourcesOf } from './annotations.ts';

/** All that is known about one picture, each thing once. */
interface Merged {
  readonly image: PageImage;
  readonly annotated: AnnotatedImage;
  /** The same answer by answer, each entity in the caption it stands in, under the picture's own name. */
  readonly mentions: readonly AnnotatedImage[];
  /** Number on the stage of each entity. */
  readonly numbers: readonly number[];
}

type Place = Pick<MarkedBox, 'box' | 'patches'>;

/** An entity of an answer, its number on the stage and where its boxes are. */
interface Told {
  readonly by: Annotation;
  readonly entity: AnnotatedEntity;
  readonly number: number;
  readonly places: readonly Place[];
  /** What the model had said before a person corrected it: other answers that say the same are wrong too. */
  readonly before: Entity | undefined;
}

/**
 * The answers about each picture as one: a box that several of them give is drawn and cut once, as a person corrected it,
 * otherwise as the first gives it. A number is of a phrase, so others of its kind have it too: what counts is the place.
 */
export function mergeByPicture(all: readonly Annotation[]): readonly Merged[] {
  const pictures = new Map<string, [Annotation, ...Annotation[]]>();
  for (const annotation of all) {
    const answers = pictures.get(annotation.image.id);
    if (answers) answers.push(annotation);
    else pictures.set(annotation.image.id, [annotation]);
  }
  return [...pictures.values()].map((answers) => {
    const [{ image, annotated }] = answers;
    const once = eachPlaceOnce(answers.flatMap(toldBy));
    return {
      image,
      annotated: { ...annotated, entities: once.map(({ entity }) => entity) },
      mentions: answers.map((answer) => ({
        ...answer.annotated,
        fileName: answer.ownName,
        entities: once.filter(({ by }) => by === answer).map(({ entity }) => entity),
      })),
      numbers: once.map(({ number }) => number),
    };
  });
}

function toldBy(by: Annotation): readonly Told[] {
  const { annotated, turn } = by;
  const sources = sourcesOf(annotated, turn);
  return annotated.entities.map((entity, at) => {
    const source = sources[at];
    return {
      by,
      entity,
      number: source === undefined ? 0 : (turn.numbers[source.index] ?? 0),
      places: placesOf(source),
      before: entity.edited && turn.original?.grounded?.entities.find(({ index }) => index === source?.index),
    };
  });
}

function placesOf(entity: Entity | undefined): readonly Place[] {
  return entity?.boxes.map((box) => ({ box: box.box, patches: box })) ?? [];
}

/** What a person corrected goes first; in the end all is in the order of the numbers. */
function eachPlaceOnce(told: readonly Told[]): readonly Told[] {
  const corrected = told.filter(({ entity }) => entity.edited);
  const kept = new Map<Told, readonly number[]>();
  const taken: Place[] = [];
  for (const one of [...corrected, ...told.filter(({ entity }) => !entity.edited)]) {
    const wrong = corrected.filter(({ before }) => before?.phrase === one.entity.phrase);
    const closed = one.entity.edited ? taken : [...taken, ...wrong.flatMap(({ before }) => placesOf(before))];
    const own: Place[] = [];
    // A model may point at one thing twice; a person who draws two boxes means two.
    const isFree = (place: Place) =>
      [...closed, ...(one.entity.edited ? [] : own)].every((other) => overlapOf(place, other) < SAME_PLACE);
    const free: number[] = [];
    for (const [index, place] of one.places.entries()) {
      if (!isFree(place)) continue;
      free.push(index);
      own.push(place);
    }
    kept.set(one, free);
    taken.push(...own);
  }
  return told
    .flatMap((one) => {
      const indices = kept.get(one) ?? [];
      return indices.length === 0 ? [] : { ...one, entity: withBoxes(one.entity, indices) };
    })
    .sort((a, b) => a.number - b.number);
}
