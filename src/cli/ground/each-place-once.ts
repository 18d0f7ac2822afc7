import { iou, SAME_PLACE, type UnitBox } from '../../kosmos2/box.ts';
import type { AnnotatedImage } from '../../kosmos2/formats/annotated-image.ts';

/** Each thing of a picture once, as the first row names it: five captions of a picture are no five dogs to train with. */
export function eachPlaceOnce(images: readonly AnnotatedImage[]): AnnotatedImage[] {
  const taken = new Map<string, UnitBox[]>();
  return images.map((image) => {
    const places = taken.get(image.fileName) ?? [];
    taken.set(image.fileName, places);
    const entities = image.entities.flatMap((entity) => {
      const boxes = entity.boxes.filter((box) => places.every((place) => iou(place, box) < SAME_PLACE));
      places.push(...boxes);
      return boxes.length === 0 ? [] : { ...entity, boxes };
    });
    return { ...image, entities };
  });
}
