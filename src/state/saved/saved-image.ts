import { isSceneTruth } from '../../scenes/truth.ts';
import type { PageImage } from '../page-image.ts';
import { patchesShape, unitBoxShape } from './saved-turn.ts';
import { type Check, finite, flag, list, nullable, oneOf, optional, shape, text, whole } from './shape.ts';

const count = whole(0, 0xffff_ffff);
/** No picture the page opens has a longer side. */
const side = whole(1, 100_000);

const markShape = shape({
  key: text,
  turn: text,
  entity: count,
  index: count,
  number: count,
  phrase: nullable(text),
  box: unitBoxShape,
  patches: patchesShape,
  score: nullable(finite),
  edited: optional(flag),
});

const imageShape: Check = shape({
  id: text,
  kind: oneOf('sample', 'own'),
  name: text,
  width: side,
  height: side,
  turns: list(text),
  boxes: list(markShape),
  focus: nullable(text),
  greeted: flag,
});

/** A picture as it is stored, its bytes apart. */
export function writeImage({ url: _url, blob: _blob, ...image }: PageImage): unknown {
  return image;
}

/** A stored picture of a person's own with its bytes; null where it is none. */
export function readOwnImage(value: unknown, blob: Blob | undefined): PageImage | null {
  if (!imageShape(value) || !(blob instanceof Blob)) return null;
  const image = value as Omit<PageImage, 'url' | 'blob'>;
  // A picture whose truth is damaged is still a picture.
  const truth = isSceneTruth(image.truth) ? image.truth : null;
  return image.kind === 'own' ? { ...image, truth, url: URL.createObjectURL(blob), blob } : null;
}

/** A sample with its stored conversation; as it is where nothing was stored. */
export function readSample(sample: PageImage, value: unknown): PageImage {
  if (!imageShape(value)) return sample;
  const { turns, boxes, focus, greeted } = value as PageImage;
  return { ...sample, turns, boxes, focus, greeted };
}
