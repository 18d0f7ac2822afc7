import { iou, SAME_PLACE, type UnitBox } from '../../kosmos2/box.ts';
import { type AnnotatedEntity, type AnnotatedImage, withBoxes } from '../../kosmos2/formats/annotated-image.ts';

/**
 * Each thing of a picture once, as the first row that found it names it: five captions of a picture are no five dogs to train
 * with. A box that stood in a prompt, where it is often called "It", is one where no row found it.
 */
export function eachPlaceOnce(images: readonly AnnotatedImage[]): AnnotatedImage[] {
  const taken = new Map<string, UnitBox[]>();
  const kept = new Map<AnnotatedEntity, readonly number[]>();
  for (const isGiven of [false, true]) {
    for (const { fileName, entities } of images) {
      const places = taken.get(fileName) ?? [];
      taken.set(fileName, places);
      for (const entity of entities) {
        if ((entity.score === null) !== isGiven) continue;
        const free: number[] = [];
        for (const [index, box] of entity.boxes.entries()) {
          if (places.some((place) => iou(place, box) >= SAME_PLACE)) continue;
          places.push(box);
          free.push(index);
        }
        kept.set(entity, free);
      }
    }
  }
  return images.map((image) => {
    const entities = image.entities.flatMap((entity) => {
      const free = kept.get(entity) ?? [];
      return free.length === 0 ? [] : withBoxes(entity, free);
    });
    return { ...image, entities };
  });
}
