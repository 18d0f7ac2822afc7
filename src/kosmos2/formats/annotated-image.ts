import { orderedBox, type UnitBox } from '../box.ts';
import type { GroundedText } from '../grounded-text.ts';

/** A phrase and its boxes, as they are exported and imported. */
export interface AnnotatedEntity {
  /** Null for boxes without words. */
  readonly phrase: string | null;
  /** Where it stands in the caption, in code points, the end excluded; equal where it does not stand there. */
  readonly start: number;
  readonly end: number;
  readonly boxes: readonly UnitBox[];
  /** 0..1, the mean of its boxes; null where nobody scored one: boxes a person drew, or of the prompt. */
  readonly score: number | null;
  /** Of each box, where more than their mean is known. */
  readonly scores?: readonly (number | null)[];
  /** Indices of the boxes a person drew, moved or renamed; what they are scored by is not known. */
  readonly edited?: readonly number[];
  /** What GrIT files it under; a noun chunk unless it says otherwise. */
  readonly kind?: 'noun-chunk' | 'referring-expression';
}

/** A picture with a caption and the boxes of its phrases: what every format of this folder writes or reads. */
export interface AnnotatedImage {
  /** Name of the picture's file, e.g. `snowman.png`. Images of the same name are one picture with several captions. */
  readonly fileName: string;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly caption: string;
  readonly entities: readonly AnnotatedEntity[];
  /** Where the picture came from, where that is known. */
  readonly url?: string;
}

/** What an answer says about a picture: its whole text, or its generated part alone. */
export function annotate(
  image: Pick<AnnotatedImage, 'fileName' | 'width' | 'height' | 'url'>,
  { caption, answerStart, entities }: GroundedText,
  part: 'all' | 'answer',
): AnnotatedImage {
  const points = Array.from(caption);
  const rest = points.slice(answerStart);
  const leading = rest.findIndex((point) => point.trim() !== '');
  const from = part === 'all' ? 0 : answerStart + Math.max(0, leading);
  return {
    ...image,
    caption: points.slice(from).join(''),
    entities: entities
      .filter(({ boxes, start }) => boxes.length > 0 && start >= from)
      .map(({ phrase, start, end, boxes, score }) => {
        const edited = boxes.flatMap((box, index) => (box.edited ? index : []));
        return {
          phrase,
          start: start - from,
          end: end - from,
          boxes: boxes.map(({ box }) => orderedBox(box)),
          score,
          scores: boxes.map((box) => box.score),
          ...(edited.length === 0 ? {} : { edited }),
        };
      }),
  };
}

/** Whether a person changed a box of an entity, and how the model scored it where nobody did. */
export function provenance({ edited, score, scores }: AnnotatedEntity, index: number) {
  const isEdited = edited?.includes(index) ?? false;
  return { edited: isEdited, score: isEdited ? null : scores ? (scores[index] ?? null) : score };
}

/** An entity with these of its boxes, in their order, and what is known of each. */
export function withBoxes({ edited, scores, ...entity }: AnnotatedEntity, indices: readonly number[]): AnnotatedEntity {
  const boxes = entity.boxes.filter((_, index) => indices.includes(index));
  const stay = indices.flatMap((from, to) => (edited?.includes(from) ? to : []));
  return {
    ...entity,
    boxes,
    ...(scores ? { scores: scores.filter((_, index) => indices.includes(index)) } : {}),
    ...(stay.length === 0 ? {} : { edited: stay }),
  };
}

/** Images of one file name as one: formats that know no captions list a picture once, with all its boxes. */
export function mergeByFile(images: readonly AnnotatedImage[]): AnnotatedImage[] {
  const byName = new Map<string, AnnotatedImage & { readonly entities: AnnotatedEntity[] }>();
  for (const image of images) {
    const known = byName.get(image.fileName);
    if (known) for (const entity of image.entities) known.entities.push(entity);
    else byName.set(image.fileName, { ...image, entities: [...image.entities] });
  }
  return [...byName.values()];
}
