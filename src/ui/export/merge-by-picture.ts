import type { AnnotatedEntity, AnnotatedImage } from '../../kosmos2/formats/annotated-image.ts';
import type { PageImage } from '../../state/page-image.ts';
import { type Annotation, sourcesOf } from './annotations.ts';

/** All that is known about one picture, each thing once. */
interface Merged {
  readonly image: PageImage;
  readonly annotated: AnnotatedImage;
  /** Number on the stage of each entity. */
  readonly numbers: readonly number[];
}

/**
 * The answers about each picture as one: a thing that several of them name is drawn and cut once, as a person
 * corrected it, otherwise as the first names it.
 */
export function mergeByPicture(all: readonly Annotation[]): readonly Merged[] {
  const pictures = new Map<
    string,
    { image: PageImage; annotated: AnnotatedImage; byNumber: Map<number, AnnotatedEntity> }
  >();
  for (const { image, turn, annotated } of all) {
    const merged = pictures.get(image.id) ?? { image, annotated, byNumber: new Map<number, AnnotatedEntity>() };
    pictures.set(image.id, merged);
    const sources = sourcesOf(annotated, turn);
    for (const [index, entity] of annotated.entities.entries()) {
      const source = sources[index];
      const number = source === undefined ? 0 : (turn.numbers[source.index] ?? 0);
      const known = merged.byNumber.get(number);
      if (!known || (entity.edited && !known.edited)) merged.byNumber.set(number, entity);
    }
  }
  return [...pictures.values()].map(({ image, annotated, byNumber }) => {
    const ordered = [...byNumber].sort(([a], [b]) => a - b);
    return {
      image,
      annotated: { ...annotated, entities: ordered.map(([, entity]) => entity) },
      numbers: ordered.map(([number]) => number),
    };
  });
}
