declare const unit: unique symbol;
declare const pixels: unique symbol;

/** `[x1, y1, x2, y2]` in 0..1 of the whole image, x to the right, y down. Branded so that it cannot mix with pixels. */
export type UnitBox = readonly [x1: number, y1: number, x2: number, y2: number] & { readonly [unit]: true };

/** `[x1, y1, x2, y2]` in pixels of the original image. */
export type ImageBox = readonly [x1: number, y1: number, x2: number, y2: number] & { readonly [pixels]: true };

/** Brands four numbers as a box in 0..1; it checks nothing. */
export function unitBox(x1: number, y1: number, x2: number, y2: number): UnitBox {
  return [x1, y1, x2, y2] as unknown as UnitBox;
}

/** The same box, its upper left corner first; without the grammar a model may name its corners in any order. */
export function orderedBox([x1, y1, x2, y2]: UnitBox): UnitBox {
  return unitBox(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
}

/** A unit box measured in pixels of an image of `width` x `height`. */
export function toImageBox(box: UnitBox, width: number, height: number): ImageBox {
  return [box[0] * width, box[1] * height, box[2] * width, box[3] * height] as unknown as ImageBox;
}

/** Intersection over union of two unit boxes, 0 where they do not overlap. */
export function iou(a: UnitBox, b: UnitBox): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const area = (box: UnitBox) => (box[2] - box[0]) * (box[3] - box[1]);
  return intersection / (area(a) + area(b) - intersection);
}

/**
 * IoU from which two boxes count as drawn at one place: a location of 4 x 4 patches that moves one edge by one patch keeps
 * 0.8, two neighbours never come near it.
 */
export const SAME_PLACE = 0.75;
