import type { AnnotatedEntity, AnnotatedImage } from './annotated-image.ts';

/** What a box is called that has no words. */
const NAMELESS = 'object';

/** The category of a phrase in formats that sort boxes by kind: its words, on one line. */
export function categoryName({ phrase }: Pick<AnnotatedEntity, 'phrase'>): string {
  const name = (phrase ?? '').replace(/\s+/g, ' ').trim();
  return name === '' ? NAMELESS : name;
}

/** All categories, in order of appearance. */
export function categories(images: readonly AnnotatedImage[]): string[] {
  const located = images.flatMap(({ entities }) => entities.filter(({ boxes }) => boxes.length > 0));
  return [...new Set(located.map(categoryName))];
}
