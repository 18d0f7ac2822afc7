import { isSceneTruth } from '../../scenes/truth.ts';
import type { PageImage } from '../page-image.ts';
import { patchesShape, unitBoxShape } from './saved-turn.ts';
import { type Check, finite, flag, list, nullable, oneOf, optional, shape, text, whole } from './shape.ts';
import { fileOf } from './stored-file.ts';

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

/**
 * A picture together with the turns that another window has added to it: each window knows its own alone.
 * @param before the picture as this window stored it last
 * @param value what is stored now
 */
export function withForeignTurns(image: PageImage, before: PageImage | null, value: unknown): PageImage {
  if (!imageShape(value)) return image;
  const there = value as PageImage;
  const known = new Set([...image.turns, ...(before?.turns ?? [])]);
  const foreign = there.turns.filter((id) => !known.has(id));
  if (foreign.length === 0) return image;
  const boxes = there.boxes.filter(({ turn }) => foreign.includes(turn));
  return { ...image, turns: [...image.turns, ...foreign], boxes: [...image.boxes, ...boxes] };
}

/** A stored picture of a person's own with its file; null where it is none. */
export function readOwnImage(value: unknown, file: unknown): PageImage | null {
  const blob = fileOf(file);
  if (!imageShape(value) || !blob) return null;
  const image = value as Omit<PageImage, 'url' | 'blob'>;
  // A picture whose truth is damaged is still a picture.
  const truth = isSceneTruth(image.truth) ? image.truth : null;
  // Stored by a page that knew no previews, it has none.
  const { preview = null } = image;
  return image.kind === 'own' ? { ...image, preview, truth, url: URL.createObjectURL(blob), blob } : null;
}

/** A sample with its stored conversation; as it is where nothing was stored, or about another picture in its place. */
export function readSample(sample: PageImage, value: unknown): PageImage {
  if (!imageShape(value)) return sample;
  const { turns, boxes, focus, greeted, preview } = value as PageImage;
  // A release may bring another picture under the same name, and every one has another preview.
  if (preview !== sample.preview) return sample;
  return { ...sample, turns, boxes, focus, greeted };
}
