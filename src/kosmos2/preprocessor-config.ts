import { JsonFields } from './json-fields.ts';

/** `preprocessor_config.json`, checked: stretch to `size` x `size`, then (value / 255 - mean) / std per channel. */
export interface PreprocessorConfig {
  readonly size: number;
  readonly rescaleFactor: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** Defaults of the reference's CLIPImageProcessor (transformers, image_processing_clip.py). */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];
const CLIP_SIZE = 224;
const CLIP_RESCALE = 1 / 255;
/** PIL's number for bicubic. */
const BICUBIC = 3;
/** Side of the largest square accepted: four times the largest CLIP, so that one image stays below 50 MB of float32. */
const MAX_SIZE = 2048;

/**
 * Reads `preprocessor_config.json`. KOSMOS-2 stretches the whole image to a square, because its locations are measured
 * on the whole image: a file that asks for anything else (keeping the aspect ratio, cropping, another filter, no
 * normalisation) is refused rather than read as something it does not say.
 * @param imageSize side in pixels that the vision tower was made for; checked where given
 * @throws Kosmos2Error CONFIG_INVALID
 */
export function parsePreprocessorConfig(json: unknown, imageSize?: number): PreprocessorConfig {
  const fields = new JsonFields(json, 'preprocessor_config.json');
  for (const step of ['do_resize', 'do_rescale', 'do_normalize']) fields.only(step, true);
  fields.only('resample', BICUBIC);
  const size = squareSize(fields);
  // A crop of the whole square changes nothing, and this is what the official file asks for.
  if (fields.boolean('do_center_crop', true) && cropSize(fields, size) !== size) {
    fields.refuse('crop_size', fields.get('crop_size'), `must be ${size} x ${size}, the whole resized image`);
  }
  if (imageSize !== undefined && size !== imageSize) {
    fields.refuse('size', fields.get('size'), `must be the vision tower's image_size of ${imageSize}`);
  }
  const std = fields.triple('image_std', CLIP_STD, 1000);
  if (std.some((x) => x <= 0)) fields.refuse('image_std', std, 'must be above 0');
  return {
    size,
    rescaleFactor: fields.positive('rescale_factor', CLIP_RESCALE, 1),
    mean: fields.triple('image_mean', CLIP_MEAN, 1000),
    std,
  };
}

/** The hub writes a square as `{height, width}`, or as `{shortest_edge}` (or a bare number) with `use_square_size`. */
function squareSize(fields: JsonFields): number {
  const value = fields.get('size') ?? { shortest_edge: CLIP_SIZE };
  if (typeof value === 'object') {
    const size = new JsonFields(value, 'preprocessor_config.json: size');
    if (size.get('shortest_edge') === undefined) return square(size);
  }
  if (!fields.boolean('use_square_size', false)) {
    fields.refuse('use_square_size', fields.get('use_square_size'), 'must be true where size is one edge');
  }
  return edge(value);
}

function cropSize(fields: JsonFields, fallback: number): number {
  const value = fields.get('crop_size') ?? fallback;
  return typeof value === 'object' ? square(new JsonFields(value, 'preprocessor_config.json: crop_size')) : edge(value);
}

function square(size: JsonFields): number {
  const height = size.integer('height', undefined, 1, MAX_SIZE);
  const width = size.integer('width', undefined, 1, MAX_SIZE);
  if (height !== width) size.refuse('width', width, `must equal the height of ${height}`);
  return height;
}

function edge(value: unknown): number {
  const object = typeof value === 'object' ? value : { shortest_edge: value };
  return new JsonFields(object, 'preprocessor_config.json: size').integer('shortest_edge', undefined, 1, MAX_SIZE);
}
