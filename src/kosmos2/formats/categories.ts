import type { AnnotatedEntity, AnnotatedImage } from './annotated-image.ts';

/** What a box is called that has no words. */
const NAMELESS = 'object';

/** The category of a phrase in formats that sort boxes by kind: its words, on one line. */
export function categoryName({ phrase }: Pick<AnnotatedEntity, 'phrase'>): string {
  const name = (phrase ?? '').replace(/\s+/g, ' ').trim();
  return name === '' ? NAMELESS : name;
}

/** All categories and their numbers from 0, in order of appearance. */
export function categories(images: readonly AnnotatedImage[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const { entities } of images) {
    for (const entity of entities) {
      const name = categoryName(entity);
      if (entity.boxes.length > 0 && !numbers.has(name)) numbers.set(name, numbers.size);
    }
  }
  return numbers;
}
