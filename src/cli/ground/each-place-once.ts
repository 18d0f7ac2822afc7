import { iou, SAME_PLACE, type UnitBox } from '../../kosmos2/box.ts';
import type { AnnotatedEntity, AnnotatedImage } from '../../kosmos2/formats/annotated-image.ts';

/**
 * Each thing of a picture once, as the first row that found it names it: five captions of a picture are no five dogs to train
 * with. A box that stood in a prompt, where it is often called "It", is one where no row found it.
 */
export function eachPlaceOnce(images: readonly AnnotatedImage[]): AnnotatedImage[] {
  const taken = new Map<string, UnitBox[]>();
  const kept = new Map<AnnotatedEntity, readonly UnitBox[]>();
  for (const isGiven of [false, true]) {
    for (const { fileName, entities } of images) {
      const places = taken.get(fileName) ?? [];
      taken.set(fileName, places);
      for (const entity of entities) {
        if ((entity.score === null) !== isGiven) continue;
        const boxes: UnitBox[] = [];
        for (const box of entity.boxes) {
          if (places.some((place) => iou(place, box) >= SAME_PLACE)) continue;
          places.push(box);
          boxes.push(box);
        }
        kept.set(entity, boxes);
      }
    }
  }
  return images.map((image) => {
    const entities = image.entities.flatMap((entity) => {
      const boxes = kept.get(entity) ?? [];
      return boxes.length === 0 ? [] : { ...entity, boxes };
    });
    return { ...image, entities };
  });
}
